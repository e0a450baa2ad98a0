package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.caption.Captioning;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.samples.SampleImages;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What a client asks the captioner for beside captions, over HTTP.
class VisualSchemaControllerTest {

  private static final byte[] SMALL = SampleImages.jpeg(32, 24);
  private static final String GENERATE = "/tailored-gen/generate_visual_schema";
  private static final String REFINE = "/tailored-gen/refine_structured_prompt";

  private static TestServer server;
  private static UploadClient client;
  private static ApiClient api;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    // No local moderator is found there.
    Map<String, String> properties = new HashMap<>(CaptionRunTest.PROPERTIES);
    properties.put("darkroom.runtime", "no-such-folder");
    server = TestServer.start(properties, TestCaptioner.Configuration.class);
    client = new UploadClient(server);
    api = client.api();
    captioner = server.bean(TestCaptioner.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void reset() {
    captioner.becomeUsual();
  }

  @Nested
  class GenerateVisualSchema {

    @Test
    void saysWhatAllImagesShare() {
      List<String> images = new ArrayList<>(Collections.nCopies(8, base64(SMALL)));
      images.add("data:image/jpeg;base64," + base64(SMALL));
      images.add(Base64.getMimeEncoder().encodeToString(SampleImages.png(300, 200)));
      Answer answer = generate(images);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("visual_schema").asString())
          .isEqualTo("{\"style_medium\":\"photograph\"}");
      assertThat(captioner.asked()).containsExactly("10 pictures");
    }

    @Test
    void fetchesImages() {
      try (var source = ZipServer.serving(SMALL)) {
        assertThat(generate(Collections.nCopies(5, source.url())).status()).isEqualTo(200);
      }
    }

    @Test
    void takesBodiesOfManyMegabytes() {
      var body =
          Map.of(
              "images", with(base64(SMALL)),
              "a_field_of_another_client", "x".repeat(40 << 20));
      Answer answer = api.post(GENERATE, body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /// Told from the length that the request declares, after the first byte of its body.
    @Test
    void hasALimitForThem() throws IOException {
      long length = (64L << 20) + 1;
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket
            .getOutputStream()
            .write(
                "POST %s HTTP/1.1\r\nHost: a\r\napi_token: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{"
                    .formatted(GENERATE, server.token(), length)
                    .getBytes(StandardCharsets.US_ASCII));
        var answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(answer.readLine()).contains(" 413 ");
        assertThat(
                answer.lines().filter(line -> line.contains("request.body-too-large")).findFirst())
            .hasValueSatisfying(body -> assertThat(body).contains("\"limit\":67108864"));
      }
    }

    @Test
    void takesFiveToTenImages() {
      for (int count : new int[] {0, 4, 11}) {
        Answer answer = generate(Collections.nCopies(count, base64(SMALL)));
        assertFailed(answer, 400, "sent-picture.wrong-count");
        assertThat(answer.json().get("actual").asInt()).isEqualTo(count);
      }
      assertFailed(api.post(GENERATE, Map.of()), 400, "request.field-missing");
    }

    @Test
    void takesNothingElseForAnImage() {
      assertFailed(generate(with("not base64!")), 400, "request.field-invalid");
      assertFailed(generate(with(null)), 400, "request.field-invalid");
      assertFailed(
          generate(with("http://user:password@example.com/a.jpg")), 400, "source.invalid-url");
      Answer gif = generate(with(base64(SampleImages.gif(32, 32))));
      assertFailed(gif, 415, "sent-picture.unsupported");
      assertThat(gif.json().get("message").asString()).startsWith("images[2]: ");
      assertFailed(
          generate(with(base64(SampleImages.truncated(SMALL, 0.5)))), 422, "sent-picture.unusable");
      assertFailed(generate(with("")), 422, "sent-picture.unusable");
      assertFailed(generate(with("http://127.0.0.1:9/a.jpg")), 422, "sent-picture.unusable");
    }

    /// A body that does not tell its length counts as the largest.
    @Test
    void sendsAwayWhomItHasNoMemoryFor() throws Exception {
      var held = new CountDownLatch(1);
      captioner.become((_, usual) -> {
        held.await();
        return usual;
      });
      try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = others.submit(() -> generateWithoutLength(with(base64(SMALL))));
        var second = others.submit(() -> generateWithoutLength(with(base64(SMALL))));
        await().until(() -> captioner.asked().size() == 2);
        Answer third = generate(with(base64(SMALL)));
        held.countDown();
        assertFailed(third, 503, "server.busy");
        assertThat(List.of(first.get().status(), second.get().status())).containsOnly(200);
      }
    }

    @Test
    void takesTheCaptionersWordForNothing() {
      captioner.become((_, _) -> new Captioning.Written("no schema"));
      assertFailed(generate(with(base64(SMALL))), 502, "captioning.no-text");
      captioner.become((_, _) -> new Captioning.Failed(TestCaptioner.REFUSED));
      assertFailed(generate(with(base64(SMALL))), 502, "captioning.no-text");
      captioner.become((_, _) -> {
        throw TestCaptioner.OUT.exception();
      });
      assertThat(generate(with(base64(SMALL))).status()).isEqualTo(503);
    }

    @Test
    void neverPassesAnImageUnjudgedThatIsToBeModerated() {
      Answer answer =
          api.post(GENERATE, Map.of("images", with(base64(SMALL)), "content_moderation", true));
      assertFailed(answer, 400, "visual-schema.no-moderator");
    }

    @Test
    void wantsAToken() {
      assertThat(ApiClient.anonymous(server).post(GENERATE, Map.of()).status()).isEqualTo(401);
    }
  }

  @Nested
  class RefineStructuredPrompt {

    @Test
    void changesThePrompt() {
      Answer answer =
          api.post(
              REFINE,
              refinement(client.dataset("fibo"), Map.of("context_images", List.of(base64(SMALL)))));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("structured_prompt").asString())
          .isEqualTo("{\"refined\":{\"a\": 1}}");
      assertThat(captioner.asked()).containsExactly("make it red");
    }

    @Test
    void needsADatasetThatCanTakeThePrompt() {
      assertFailed(api.post(REFINE, refinement(999_999, Map.of())), 404, "dataset.not-found");
      assertFailed(
          api.post(REFINE, refinement(client.dataset("max"), Map.of())),
          400,
          "structured-prompt.legacy-dataset");
      long completed = client.dataset("fibo");
      server.jdbc().sql("UPDATE dataset SET status = 'completed' WHERE id = " + completed).update();
      assertFailed(
          api.post(REFINE, refinement(completed, Map.of())),
          400,
          "structured-prompt.dataset-completed");
    }

    @Test
    void needsAllThatItIsMadeOf() {
      long dataset = client.dataset("fibo");
      for (String field : List.of("dataset_id", "structured_prompt", "instruction")) {
        var body = refinement(dataset, Map.of());
        body.remove(field);
        assertFailed(api.post(REFINE, body), 400, "request.field-missing");
      }
      assertFailed(
          api.post(REFINE, refinement(999_999, Map.of("structured_prompt", "a cat"))),
          400,
          "request.field-invalid");
      assertFailed(
          api.post(
              REFINE, refinement(dataset, Map.of("context_images", Collections.nCopies(11, "a")))),
          400,
          "sent-picture.wrong-count");
    }

    @Test
    void fetchesNothingWhereItTakesAVisionModelAndThereIsNone() {
      try (var measuring = TestServer.start(CaptionRunTest.PROPERTIES);
          var source = ZipServer.serving(SMALL)) {
        var its = new UploadClient(measuring);
        var images = Map.<String, Object>of("context_images", List.of(source.url()));
        Answer answer = its.api().post(REFINE, refinement(its.dataset("fibo"), images));
        assertFailed(answer, 400, "captioner.needs-vision-model");
        assertThat(source.requests()).isEmpty();
      }
    }

    @Test
    void tellsWhereTheCaptionerCannotDoIt() {
      captioner.become((_, _) -> {
        throw new FailureException(
            new TestCaptioner.TestFailure("test.no-vision", 400, Retry.NEVER));
      });
      assertFailed(
          api.post(REFINE, refinement(client.dataset("fibo"), Map.of())), 400, "test.no-vision");
      captioner.become((_, _) -> new Captioning.Written("[]"));
      assertFailed(
          api.post(REFINE, refinement(client.dataset("fibo"), Map.of())),
          502,
          "captioning.no-text");
    }
  }

  private static Map<String, Object> refinement(long dataset, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("dataset_id", dataset);
    body.put("structured_prompt", "{\"a\": 1}");
    body.put("instruction", "make it red");
    body.putAll(more);
    return body;
  }

  private static Answer generate(List<String> images) {
    return api.post(GENERATE, Map.of("images", images));
  }

  private static Answer generateWithoutLength(List<String> images) {
    byte[] body = JsonMapper.shared().writeValueAsBytes(Map.of("images", images));
    return api.send(
        "POST", GENERATE, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  /// Five images, of which the third is this one.
  private static List<String> with(@Nullable String image) {
    List<String> images = new ArrayList<>(Collections.nCopies(5, base64(SMALL)));
    images.set(2, image);
    return images;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void assertFailed(Answer answer, int status, String type) {
    assertThat(answer.type()).as(answer.text()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(status);
  }
}
