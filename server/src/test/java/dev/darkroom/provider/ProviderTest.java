package dev.darkroom.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProviderTest {

  private static final Duration AMPLE = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final JsonNode QUESTION =
      JsonMapper.shared().readTree("{\"messages\": [{\"role\": \"user\", \"content\": \"?\"}]}");

  private static TestProviders shared;
  private final SettableClock clock = new SettableClock();
  private FakeVisionModel model;

  @BeforeAll
  static void create() {
    shared = TestProviders.create();
  }

  @AfterAll
  static void drop() {
    shared.close();
  }

  @BeforeEach
  void start() {
    shared.jdbc().sql("DELETE FROM provider_gate").update();
    model = FakeVisionModel.start();
  }

  @AfterEach
  void stop() {
    model.close();
  }

  @Test
  void postsTheQuestionWithTheKeyAndGivesTheAnswer() throws Exception {
    assertThat(ask(node())).isInstanceOf(Answer.Given.class);
    var request = model.lastRequest();
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.body()).isEqualTo(QUESTION);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer " + TestProviders.KEY)
        .containsEntry("content-type", "application/json")
        // A server of models that does not know the upgrade loses the body.
        .doesNotContainKey("upgrade")
        .containsKey("content-length");
  }

  @Test
  void sendsNoAuthorizationWithoutAKey() throws Exception {
    var settings = new ProviderSettings("captioner", model.baseUrl() + "/", null, "m", 1, AMPLE);
    var _ = ask(shared.node(clock).open(settings));
    assertThat(model.lastRequest().authorization()).isNull();
    assertThat(model.lastRequest().path()).isEqualTo("/v1/chat/completions");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
  void asksAgainWhereTheFaultMayPassAtOnce(int status) throws Exception {
    model.next(ModelBehaviour.status(status));
    assertThat(ask(node())).isInstanceOf(Answer.Given.class);
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void asksAgainWhereTheConnectionBreaks() throws Exception {
    model.next(ModelBehaviour.drops(), (_, answer) -> answer.truncate("{\"choices\": []}"));
    assertThat(ask(node())).isInstanceOf(Answer.Given.class);
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void waitsWithinTheCallForAsLongAsItIsAskedToWhereThatIsShort() throws Exception {
    model.next(
        ModelBehaviour.tooMany(Duration.ofSeconds(1)),
        ModelBehaviour.tooManyUntil(Duration.ofSeconds(2)));
    long began = System.nanoTime();
    assertThat(ask(node())).isInstanceOf(Answer.Given.class);
    // The date has whole seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void closesTheGateAtOnceWhereItIsAskedToWaitLonger() {
    model.always(ModelBehaviour.tooMany(Duration.ofSeconds(40)));
    var failure = failure(node());
    assertThat(failure)
        .isEqualTo(
            new ProviderFailure.Busy(
                "captioner", "it answers 429, too many requests", Duration.ofSeconds(40)));
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void understandsADateToWaitFor() {
    model.always(ModelBehaviour.tooManyUntil(Duration.ofSeconds(40)));
    assertThat(Objects.requireNonNull(failure(node()).retryAfter()))
        .isBetween(Duration.ofSeconds(38), Duration.ofSeconds(41));
  }

  @Test
  void closesTheGateAfterThreeTriesOfACall() {
    model.always(ModelBehaviour.status(503));
    var failure = failure(node());
    assertThat(failure).isInstanceOf(ProviderFailure.Unavailable.class);
    assertThat(failure.message()).contains("503");
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void closesTheGateWhereNothingListens() {
    model.close();
    assertThat(failure(node()).message()).contains("cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 401, 402, 403, 404, 405})
  void waitsForTheOperatorWithoutAskingAgain(int status, CapturedOutput output) {
    model.always(ModelBehaviour.status(status));
    var node = node();
    assertThat(failure(node).message()).contains(Integer.toString(status));
    assertThat(model.requests()).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    var _ = failure(node);
    assertThat(model.requests()).hasSize(2);
    assertThat(output.toString().lines().filter(line -> line.contains("The captioner is out")))
        .hasSize(1);
  }

  @Test
  void waitsForTheOperatorWhereAWebPageAnswers() {
    model.always((_, answer) -> answer.send(200, "text/html; charset=utf-8", "<!DOCTYPE html>"));
    assertThat(failure(node()).message()).contains("base-url");
  }

  @Test
  void followsNoRedirectAndTakesTheKeyNowhereElse() {
    try (var elsewhere = FakeVisionModel.start()) {
      model.always(ModelBehaviour.redirects(elsewhere.baseUrl() + "/chat/completions"));
      assertThat(failure(node()).message()).contains("redirect");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void givesARefusalOfTheRequestBackWithItsText() throws Exception {
    model.always(ModelBehaviour.status(400, "{\"error\":\n {\"message\": \"no such picture\"}}"));
    assertThat(ask(node()))
        .isEqualTo(new Answer.Refused(400, "{\"error\": {\"message\": \"no such picture\"}}"));
    assertThat(model.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"choices\": [", "[]", "\"text\"", "null", "not JSON"})
  void tellsAnAnswerThatIsNoJsonObject(String body) throws Exception {
    model.always(ModelBehaviour.sends(body));
    assertThat(ask(node()))
        .isEqualTo(new Answer.Unusable("answered with something that is no JSON object"));
  }

  @Test
  void readsNoMoreThanFourMegabytes() throws Exception {
    model.always((_, answer) -> answer.flood(1L << 40));
    assertThat(ask(node())).isEqualTo(new Answer.Unusable("answered with more than 4194304 bytes"));
  }

  @Test
  void hasOneDeadlineForASilentServer() {
    model.always(ModelBehaviour.stalls());
    assertThat(failure(node(SHORT)).message()).contains("did not answer in time");
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void hasOneDeadlineForAnAnswerThatTrickles() {
    model.always(ModelBehaviour.trickles());
    assertThat(failure(node(SHORT))).isInstanceOf(ProviderFailure.Unavailable.class);
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void keepsTheDeadlineOverAllTries() {
    model.always(ModelBehaviour.delayed(Duration.ofMillis(1_500), ModelBehaviour.status(500)));
    long began = System.nanoTime();
    assertThat(failure(node(SHORT))).isInstanceOf(ProviderFailure.Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(4_400));
    assertThat(model.requests()).hasSizeLessThan(3);
  }

  @Test
  void doesNotAskWhileTheGateIsClosed() {
    model.always(ModelBehaviour.status(401));
    var node = node();
    var _ = failure(node);
    model.recover();
    for (int i = 0; i < 100; i++) assertThat(failure(node).status()).isEqualTo(503);
    assertThat(catchThrowableOfType(FailureException.class, node::requireOpen)).isNotNull();
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void twoNodesDoNotHammerAProviderThatIsOutAndGoOnByThemselves() throws Exception {
    model.always(ModelBehaviour.status(401));
    var nodes = List.of(node(), node());
    var _ = failure(nodes.getFirst());
    clock.advance(ProviderGate.FRESH);
    int asked = model.requests().size();
    for (int failuresInARow = 1; failuresInARow <= 6; failuresInARow++) {
      clock.advance(Duration.ofSeconds(60));
      for (var answer : askAtOnce(nodes, 16)) {
        assertThat(answer).isInstanceOf(ProviderFailure.class);
      }
      assertThat(model.requests()).hasSize(asked + failuresInARow);
    }
    model.recover();
    clock.advance(Duration.ofSeconds(60));
    assertThat(ask(nodes.getFirst())).isInstanceOf(Answer.Given.class);
    clock.advance(ProviderGate.FRESH);
    assertThat(askAtOnce(nodes, 16)).allMatch(Answer.Given.class::isInstance);
  }

  @Test
  void hasNoMoreRequestsUnderWayThanTheSettingSays() throws Exception {
    var full = new CountDownLatch(4);
    model.always((request, answer) -> {
      full.countDown();
      full.await();
      ModelBehaviour.well().answer(request, answer);
    });
    assertThat(askAtOnce(List.of(node()), 40)).allMatch(Answer.Given.class::isInstance);
    assertThat(model.highestAtATime()).isEqualTo(4);
  }

  @Test
  void tellsWhenAllRequestsOfThisNodeAreUnderWayAndLeavesTheGateOpen() throws Exception {
    model.always(ModelBehaviour.stalls());
    var slow = node(Duration.ofSeconds(1));
    // More than there are places: those without one end with the same deadline.
    var answers = askAtOnce(List.of(slow), 9);
    assertThat(answers).anyMatch(ProviderFailure.Busy.class::isInstance);
    assertThat(model.requests()).hasSize(4);
  }

  @Test
  void neverBlamesTheProviderForTheTimeThatRequestsWaitForTheirTurn() throws Exception {
    model.always(ModelBehaviour.delayed(Duration.ofMillis(400), ModelBehaviour.well()));
    var answers = askAtOnce(List.of(node(Duration.ofSeconds(1))), 24);
    assertThat(answers)
        .allMatch(
            answer -> answer instanceof Answer.Given || answer instanceof ProviderFailure.Busy)
        .anyMatch(ProviderFailure.Busy.class::isInstance);
    assertThat(shared.jdbc().sql("SELECT 1 FROM provider_gate").query().listOfRows()).isEmpty();
  }

  @Test
  void blamesTheRequestThatAProviderFailsAtWhichIsThere() throws Exception {
    model.listModels().always(ModelBehaviour.status(500));
    assertThat(ask(node())).isInstanceOf(Answer.Unusable.class);
    assertThat(shared.jdbc().sql("SELECT 1 FROM provider_gate").query().listOfRows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void blamesTheProviderForAnErrorOfWhatStandsBeforeIt(int status) {
    model.listModels().always(ModelBehaviour.status(status));
    assertThatThrownBy(() -> ask(node())).isInstanceOf(FailureException.class);
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    model.always(ModelBehaviour.stalls());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var node = node();
      Future<Answer> asked = threads.submit(() -> ask(node));
      model.awaitRequests(1);
      threads.shutdownNow();
      assertThatThrownBy(asked::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
    assertThat(shared.jdbc().sql("SELECT 1 FROM provider_gate").query().listOfRows()).isEmpty();
  }

  @Test
  void tellsTheKeyNeitherInLogsNorInFailuresNorInTheDatabase(CapturedOutput output)
      throws Exception {
    var echo = "{\"error\": \"Incorrect API key: %s\"}".formatted(TestProviders.KEY);
    List<String> told = new ArrayList<>();
    for (int status : new int[] {400, 401, 403, 404, 429, 500, 307}) {
      model.always(ModelBehaviour.status(status, echo));
      try {
        told.add(ask(node()).toString());
      } catch (FailureException e) {
        told.add(trace(e) + e.failure());
      }
      clock.advance(AMPLE);
    }
    told.add(shared.jdbc().sql("SELECT * FROM provider_gate").query().listOfRows().toString());
    told.add(settings("http://127.0.0.1/v1").toString());
    told.add(output.toString());
    assertThat(told).hasSize(10).noneMatch(text -> text.contains("never-tell"));
    assertThat(model.requests())
        .allMatch(request -> {
          var key = request.authorization();
          return key != null && key.contains(TestProviders.KEY);
        });
  }

  private static String trace(Throwable problem) {
    var trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    return trace + Arrays.toString(problem.getSuppressed());
  }

  private static ProviderSettings settings(String baseUrl) {
    return new ProviderSettings("captioner", baseUrl, TestProviders.KEY, "m", 4, AMPLE);
  }

  private Provider node() {
    return node(AMPLE);
  }

  private Provider node(Duration deadline) {
    return shared.provider(clock, model.baseUrl(), deadline);
  }

  private static Answer ask(Provider node) throws InterruptedException {
    return node.post("/chat/completions", QUESTION);
  }

  private static Failure failure(Provider node) {
    var thrown = catchThrowableOfType(FailureException.class, () -> ask(node));
    return Objects.requireNonNull(thrown, "an answer came").failure();
  }

  /// What each of the nodes gets, answers and failures, when that many requests come to it at once.
  private static List<Object> askAtOnce(List<Provider> nodes, int requests) throws Exception {
    List<Future<Object>> asked = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        for (Provider node : nodes) asked.add(threads.submit(answerOrFailure(node)));
      }
    }
    List<Object> got = new ArrayList<>();
    for (var answer : asked) got.add(answer.get());
    return got;
  }

  private static Callable<Object> answerOrFailure(Provider node) {
    return () -> {
      try {
        return ask(node);
      } catch (FailureException e) {
        return e.failure();
      }
    };
  }
}
