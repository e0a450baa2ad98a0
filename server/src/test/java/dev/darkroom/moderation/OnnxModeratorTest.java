package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.ChildJvm;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.moderation.Verdict.Passed;
import dev.darkroom.moderation.Verdict.Rejected;
import dev.darkroom.moderation.Verdict.Undecided;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// The real model in the real runtime; without the npm package these tests are skipped, and say so.
class OnnxModeratorTest {

  private static final double THRESHOLD = 0.6;

  /// Two ways to add the same numbers up.
  private static final double ROUNDING = 1e-5;

  @TempDir private Path data;

  /// What the published model's own code says of a picture.
  ///
  /// @param scores drawing, hentai, neutral, porn and sexy
  record Published(String picture, List<Double> scores) {

    TestPicture pixels() {
      String[] numbers = picture.split("[-x]", -1);
      return new TestPicture(
          Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }
  }

  @BeforeAll
  static void needTheModel() {
    TestModel.assumeInstalled();
  }

  static List<Published> published() throws IOException {
    try (InputStream json = OnnxModeratorTest.class.getResourceAsStream("published-scores.json")) {
      return List.of(
          JsonMapper.shared().readValue(Objects.requireNonNull(json), Published[].class));
    }
  }

  private ModelCache model() {
    return new ModelCache(PublishedModel.in(TestModel.runtime()), data);
  }

  private OnnxModerator moderator() {
    return new OnnxModerator(model(), THRESHOLD);
  }

  @ParameterizedTest
  @MethodSource("published")
  void agreesWithThePublishedModel(Published expected) throws IOException {
    try (var session = ModelSession.open(model().read())) {
      float[] scores = session.scores(ModelPixels.of(expected.pixels().raster()));
      assertThat(scores).hasSize(5);
      for (int i = 0; i < 5; i++) {
        assertThat((double) scores[i]).isCloseTo(expected.scores().get(i), within(ROUNDING));
      }
    }
  }

  @Test
  void rejectsAPictureOverTheThresholdAndTellsItsScores() throws InterruptedException {
    try (var moderator = moderator()) {
      var rejected = (Rejected) moderator.judge(TestModel.rejectedJpeg(224, 224));
      assertThat(rejected.category()).isEqualTo("hentai");
      assertThat(rejected.score()).isCloseTo(0.99, within(0.05));
      assertThat(rejected.threshold()).isEqualTo(THRESHOLD);
      assertThat(rejected.scores().values().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(ROUNDING));
    }
  }

  @Test
  void passesAPictureBelowTheThreshold() throws InterruptedException {
    try (var moderator = moderator()) {
      var passed = (Passed) moderator.judge(new TestPicture(136, 224, 224).jpeg());
      assertThat(passed.scores().get("neutral")).isCloseTo(0.94, within(0.05));
    }
  }

  @Test
  void hasNoVerdictOnWhatIsNoPicture() throws InterruptedException {
    try (var moderator = moderator()) {
      var undecided = (Undecided) moderator.judge("no picture".getBytes(StandardCharsets.US_ASCII));
      assertThat(undecided.failure().type()).isEqualTo("moderation.picture-unusable");
      assertThat(undecided.failure().status()).isEqualTo(500);
      assertThat(undecided.failure().retry()).isEqualTo(Retry.NEVER);
    }
  }

  @Test
  void saysTheSameToManyAtOnce() throws Exception {
    var pictures = published().stream().map(Published::pixels).map(TestPicture::jpeg).toList();
    try (var moderator = moderator();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Verdict>> calls =
          Stream.generate(pictures::stream)
              .limit(4)
              .flatMap(all -> all)
              .<Callable<Verdict>>map(picture -> () -> moderator.judge(picture))
              .toList();
      var verdicts = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
      Map<Integer, List<Verdict>> byPicture =
          Stream.iterate(0, i -> i + 1)
              .limit(verdicts.size())
              .collect(
                  Collectors.groupingBy(
                      i -> i % pictures.size(),
                      Collectors.mapping(verdicts::get, Collectors.toList())));
      assertThat(byPicture.values()).allSatisfy(same -> assertThat(same).containsOnly(same.get(0)));
    }
  }

  @Test
  void keepsTheConvertedModelUnderItsChecksum() throws Exception {
    byte[] converted = model().read();
    assertThat(KnownFile.sha256(converted)).isEqualTo(PublishedModel.ONNX_SHA256);
    assertThat(model().file()).hasBinaryContent(converted);
    try (var kept = Files.list(model().file().getParent())) {
      assertThat(kept).containsExactly(model().file());
    }
  }

  @Test
  void readsTheKeptModelAndNotThePublishedOne() throws IOException {
    byte[] converted = model().read();
    var gone = new ModelCache(PublishedModel.in(data.resolve("nowhere")), data);
    assertThat(gone.read()).isEqualTo(converted);
  }

  @Test
  void makesATornModelAnew() throws IOException {
    byte[] converted = model().read();
    Files.write(model().file(), Arrays.copyOf(converted, converted.length / 2));
    assertThat(model().read()).isEqualTo(converted);
    assertThat(model().file()).hasBinaryContent(converted);
  }

  @Test
  void makesNoDataDirectory() throws IOException {
    Path none = data.resolve("none");
    var model = new ModelCache(PublishedModel.in(TestModel.runtime()), none);
    assertThat(KnownFile.sha256(model.read())).isEqualTo(PublishedModel.ONNX_SHA256);
    assertThat(none).doesNotExist();
  }

  @Test
  void isOutWhenTheModelIsGoneAndBackWhenItIsBack() throws Exception {
    Path runtime = data.resolve("runtime");
    var lost = new ModelCache(PublishedModel.in(runtime), data);
    try (var moderator = new OnnxModerator(lost, THRESHOLD)) {
      byte[] jpeg = TestModel.rejectedJpeg(224, 224);
      assertThatThrownBy(() -> moderator.judge(jpeg))
          .isInstanceOfSatisfying(FailureException.class, OnnxModeratorTest::isOut)
          .hasStackTraceContaining("model.min.js is missing");
      var _ = model().read(); // into the cache
      assertThat(moderator.judge(jpeg)).isInstanceOf(Rejected.class);
    }
  }

  private static void isOut(FailureException e) {
    assertThat(e.failure().type()).isEqualTo("moderation.model-unavailable");
    assertThat(e.failure().status()).isEqualTo(503);
    assertThat(e.failure().retry()).isEqualTo(Retry.WHEN_BACK);
  }

  /// A session that is freed while it is used takes the process with it.
  @Test
  void letsThoseUnderWayEndWhenItIsClosed() throws Exception {
    byte[] jpeg = TestModel.rejectedJpeg(224, 224);
    var begun = new CountDownLatch(8);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var moderator = moderator();
      var runs =
          Stream.generate(() -> threads.submit(() -> judgeForEver(moderator, jpeg, begun)))
              .limit(8)
              .toList();
      begun.await();
      moderator.close();
      moderator.close();
      for (var run : runs) {
        assertThatThrownBy(run::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(FailureException.class, OnnxModeratorTest::isOut);
      }
    }
  }

  private static Void judgeForEver(OnnxModerator moderator, byte[] jpeg, CountDownLatch begun)
      throws InterruptedException {
    while (true) {
      var verdict = moderator.judge(jpeg);
      begun.countDown();
      assertThat(verdict).isInstanceOf(Rejected.class);
    }
  }

  /// Judges while the process ends, as pictures do that others' shutdown hooks still wait for.
  static final class JudgeToTheEnd {

    static void main(String[] arguments) throws InterruptedException {
      var model = new ModelCache(PublishedModel.in(Path.of(arguments[0])), Path.of(arguments[1]));
      var moderator = new OnnxModerator(model, THRESHOLD);
      byte[] jpeg = TestModel.rejectedJpeg(224, 224);
      moderator.judge(jpeg);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> judge(moderator, jpeg)));
      System.out.println("ready");
      new CountDownLatch(1).await();
    }

    private static void judge(OnnxModerator moderator, byte[] jpeg) {
      try (moderator) {
        for (int i = 0; i < 50; i++) moderator.judge(jpeg);
        System.out.println("judged");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void judgesUntilTheProcessEnds() {
    try (var child =
        ChildJvm.start(JudgeToTheEnd.class, TestModel.runtime().toString(), data.toString())) {
      child.awaitLine("ready");
      child.end();
      child.awaitLine("judged");
      assertThat(child.awaitExit()).isEqualTo(128 + 15);
    }
  }
}
