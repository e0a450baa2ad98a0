package dev.darkroom.captioning;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.CheckedCaption;
import dev.darkroom.caption.Picture;
import dev.darkroom.caption.TestCaptions;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A captioner whose answers a test decides on, in place of the remote ones. Left alone, it writes
/// a valid caption of every picture, which names the picture's size.
public final class TestCaptioner implements Captioner {

  public static final String AUTHOR = "test-model at test-host";

  public static final TestFailure OUT = new TestFailure("test.out", 503, Retry.WHEN_BACK);
  public static final TestFailure REFUSED = new TestFailure("test.refused", 422, Retry.NEVER);

  /// What becomes of one request, instead of or before the usual answer.
  @FunctionalInterface
  public interface Answer {
    /// Answers, or fails.
    ///
    /// @param size of the picture, such as `640x480`
    /// @param usual what it would be otherwise
    Captioning answer(String size, Captioning usual) throws IOException, InterruptedException;
  }

  public record TestFailure(String type, int status, Retry retry) implements Failure {
    @Override
    public String message() {
      return "The test says so.";
    }

    public FailureException exception() {
      return new FailureException(this);
    }
  }

  public static final class Configuration {
    @Bean
    @Primary
    TestCaptioner testCaptioner() {
      return new TestCaptioner();
    }
  }

  private static final Answer USUAL = (_, usual) -> usual;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile Answer answer = USUAL;

  /// Answers like this from now on, and forgets what it was asked.
  public void become(Answer answer) {
    this.answer = answer;
    asked.clear();
  }

  public void becomeUsual() {
    become(USUAL);
  }

  /// The sizes of the pictures that it was asked for, in order.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String author() {
    return AUTHOR;
  }

  @Override
  public int concurrency() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public void requireRefines() {}

  @Override
  public Captioning describe(Picture picture, VisualSchema schema)
      throws IOException, InterruptedException {
    return answer(size(picture), structured(size(picture), schema));
  }

  @Override
  public Captioning describe(Picture picture, String prefix)
      throws IOException, InterruptedException {
    return answer(
        size(picture), new Captioning.Written(prefix + "A picture of " + size(picture) + "."));
  }

  @Override
  public Captioning shared(List<? extends Picture> pictures)
      throws IOException, InterruptedException {
    return answer(
        pictures.size() + " pictures", new Captioning.Written("{\"style_medium\":\"photograph\"}"));
  }

  @Override
  public Captioning refine(
      String structuredPrompt,
      String instruction,
      VisualSchema schema,
      List<? extends Picture> pictures)
      throws IOException, InterruptedException {
    return answer(
        instruction, new Captioning.Written("{\"refined\":%s}".formatted(structuredPrompt)));
  }

  private Captioning answer(String size, Captioning usual)
      throws IOException, InterruptedException {
    asked.add(size);
    return answer.answer(size, usual);
  }

  private static Captioning structured(String size, VisualSchema schema) {
    var text = TestCaptions.photograph(caption -> caption.put("background_setting", size));
    return switch (schema.impose(text)) {
      case CheckedCaption.Valid(var caption) -> new Captioning.Written(caption.json());
      case CheckedCaption.Departing(var departures) ->
          throw new AssertionError(departures.toString());
    };
  }

  private static String size(Picture picture) {
    return picture.width() + "x" + picture.height();
  }
}
