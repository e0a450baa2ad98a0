package dev.darkroom.vision;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.CheckedCaption;
import dev.darkroom.caption.Picture;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.FailureException;
import dev.darkroom.vision.Question.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Has captions written by a vision model. A reply that is not what was asked for is asked for
/// again, with what is wrong with it. Safe for use by many threads at once; how many pictures are
/// with the model at a time is the setting `concurrency`.
public final class VisionModelCaptioner implements Captioner {

  private static final int LONG_SIDE = 1024;

  private final ChatModel model;

  VisionModelCaptioner(ChatModel model) {
    this.model = model;
  }

  @Override
  public String author() {
    return model.author();
  }

  @Override
  public int concurrency() {
    return model.concurrency();
  }

  @Override
  public void requireRefines() {}

  @Override
  public Captioning describe(Picture picture, VisualSchema schema)
      throws IOException, InterruptedException {
    var form = new Form.Following(schema.requestSchema());
    var text = Prompts.captionText(schema);
    return write(
        new Question(Prompts.CAPTION_ROLE, text, shown(List.of(picture)), form),
        reply -> caption(reply, schema));
  }

  @Override
  public Captioning describe(Picture picture, String prefix)
      throws IOException, InterruptedException {
    var role = Prompts.textRole(prefix);
    return write(
        new Question(role, Prompts.textText(), shown(List.of(picture)), new Form.PlainText()),
        reply -> plainCaption(reply, prefix));
  }

  @Override
  public Captioning shared(List<? extends Picture> pictures)
      throws IOException, InterruptedException {
    List<String> captions = new ArrayList<>();
    for (Captioning captioning : describeAll(pictures)) {
      switch (captioning) {
        case Captioning.Written(var text) -> captions.add(text);
        case Captioning.Failed failed -> {
          return failed;
        }
      }
    }
    var text = Prompts.sharedText(captions);
    return write(
        new Question(Prompts.sharedRole(), text, List.of(), new Form.AnyObject()),
        VisionModelCaptioner::visualSchema);
  }

  @Override
  public Captioning refine(
      String structuredPrompt,
      String instruction,
      VisualSchema schema,
      List<? extends Picture> pictures)
      throws IOException, InterruptedException {
    var form = new Form.Following(schema.requestSchema());
    var text = Prompts.refineText(structuredPrompt, instruction, schema);
    return write(
        new Question(Prompts.refineRole(), text, shown(pictures), form),
        reply -> caption(reply, schema));
  }

  /// All at once, because somebody waits for the answer. Where one fails the others end by
  /// themselves: an interrupt would cost them their connections to the database.
  private List<Captioning> describeAll(List<? extends Picture> pictures)
      throws IOException, InterruptedException {
    var nothingShared = VisualSchema.of("{}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var captionings =
          pictures.stream()
              .map(picture -> threads.submit(() -> describe(picture, nothingShared)))
              .toList();
      try {
        List<Captioning> all = new ArrayList<>();
        for (Future<Captioning> captioning : captionings) all.add(captioning.get());
        return all;
      } catch (ExecutionException e) {
        throw rethrown(e);
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e)
      throws IOException, InterruptedException {
    return switch (e.getCause()) {
      case IOException outage -> throw outage;
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException fault -> fault;
      case null, default -> new IllegalStateException(e);
    };
  }

  /// Nothing is decoded while the model is out.
  private List<byte[]> shown(List<? extends Picture> pictures) throws IOException {
    model.requireOpen();
    List<byte[]> jpegs = new ArrayList<>();
    for (Picture picture : pictures) jpegs.add(picture.jpeg(LONG_SIDE));
    return jpegs;
  }

  private Captioning write(Question question, Function<String, Reply> check)
      throws InterruptedException {
    return new Writing(model, check).write(question);
  }

  private static Reply caption(String reply, VisualSchema schema) {
    return switch (schema.impose(reply)) {
      case CheckedCaption.Valid(var caption) -> new Reply.Text(caption.json());
      case CheckedCaption.Departing(var departures) -> Reply.departing(reply, departures);
    };
  }

  private static Reply plainCaption(String reply, String prefix) {
    var text = PlainCaption.of(reply, prefix);
    return text.isEmpty()
        ? Reply.departing(reply, List.of("it says nothing"))
        : new Reply.Text(text);
  }

  private static Reply visualSchema(String reply) {
    try {
      boolean ofOnePicture = VisualSchema.of(reply).fixed().containsKey("short_description");
      return ofOnePicture
          ? Reply.departing(reply, List.of("short_description is of one picture only"))
          : new Reply.Text(reply);
    } catch (FailureException e) {
      return Reply.departing(reply, List.of(e.failure().message()));
    }
  }
}
