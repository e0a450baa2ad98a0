package dev.darkroom;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What an operator sees of a server that works: figures, traces, logs.
@ExtendWith(OutputCaptureExtension.class)
class ObservabilityTest {

  private static final String METRICS = "/actuator/prometheus";
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.limits.min-dimension", "64",
          "management.tracing.sampling.probability", "1",
          "logging.structured.format.console", "ecs");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(PROPERTIES, Traces.class);
    upload();
  }

  @AfterAll
  static void stop() {
    server.close();
    // Kept by Spring Boot in a system property, which would hold for all tests that follow.
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  @Configuration(proxyBeanMethods = false)
  static class Traces {

    static final List<SpanData> SPANS = new CopyOnWriteArrayList<>();

    @Bean
    SpanExporter keptSpans() {
      return new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
          SPANS.addAll(spans);
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
          return CompletableResultCode.ofSuccess();
        }
      };
    }
  }

  private static void upload() throws IOException {
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    assertThat(
            client
                .api()
                .put(
                    "/tailored-gen/datasets/" + dataset,
                    Map.of("visual_schema", "{\"style_medium\": \"photograph\"}"))
                .status())
        .isEqualTo(200);
    try (var source =
        ZipServer.serving(
            TestZip.with(
                file("a.png", SampleImages.png(64, 64)),
                file("b.jpg", SampleImages.jpeg(80, 80)),
                file("small.png", SampleImages.png(10, 10))))) {
      client.upload(dataset, source.url());
    }
  }

  @Test
  void countsWhatBecomesOfImagesByTypeAndCode() {
    assertThat(metrics())
        .containsPattern("darkroom_images_total\\{code=\"\",outcome=\"done\",type=\"\"} [2-9]")
        .containsPattern(
            "darkroom_images_total\\{code=\"412\",outcome=\"failed\",type=\"image.too-small\"} [1-9]")
        .containsPattern("darkroom_captions_total\\{outcome=\"done\"} [2-9]")
        .containsPattern("darkroom_uploads_completed_total [1-9]")
        .containsPattern("darkroom_step_seconds_count\\{.*task=\"ingest\"} [1-9]")
        .containsPattern("darkroom_store_seconds_count\\{operation=\"put\",outcome=\"done\"} [4-9]")
        .containsPattern("darkroom_image_bytes_total [1-9]");
  }

  @Test
  void showsItsMetricsToAdminsOnly() {
    assertThat(ApiClient.anonymous(server).get(METRICS).status()).isEqualTo(401);
    var writer = TestTokens.make(server, "default", Scope.WRITE);
    assertThat(ApiClient.anonymous(server).with("api_token", writer).get(METRICS).status())
        .isEqualTo(403);
  }

  /// A name that nothing exposes would draw an empty panel, or an alert that never fires.
  @ParameterizedTest
  @ValueSource(strings = {"ops/grafana-dashboard.json", "ops/prometheus-alerts.yaml"})
  void exposesEveryMetricThatTheDashboardAndTheAlertsAskFor(String document) {
    var asked =
        Pattern.compile("\\b(?:darkroom|http_server|jvm|hikaricp|process)_[a-z0-9_]+")
            .matcher(Documents.read(Documents.root().resolve(document)))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).isNotEmpty();
    assertThat(exposed()).containsAll(asked);
  }

  private static Set<String> exposed() {
    return metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  private static String metrics() {
    return ApiClient.of(server).get(METRICS).text();
  }

  @Test
  void tracesAnUploadFromTheRequestToItsLastStep() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(spansByTrace())
                .anySatisfy(spans ->
                    assertThat(spans)
                        .contains(
                            "http post /tailored-gen/datasets/{dataset_id}/images/bulk-upload",
                            "plan",
                            "ingest",
                            "publish",
                            "caption")));
  }

  /// The names of the spans of each trace.
  private static Collection<Set<String>> spansByTrace() {
    return Traces.SPANS.stream()
        .collect(
            Collectors.groupingBy(
                SpanData::getTraceId, Collectors.mapping(SpanData::getName, Collectors.toSet())))
        .values();
  }

  @Test
  void logsJsonWithTheIdsOfRequestAndJob(CapturedOutput output) throws IOException {
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    String requestId;
    try (var source = ZipServer.serving(TestZip.with(file("a.txt", new byte[] {'a'})))) {
      var accepted = client.submit(dataset, source.url());
      requestId = accepted.json().get("request_id").asString();
      assertThat(client.awaitEnd(dataset).get("status").asString()).isEqualTo("failed");
    }
    var failed =
        output
            .getAll()
            .lines()
            .filter(line -> line.contains("archive.no-images"))
            .map(JsonMapper.shared()::readTree)
            .toList();
    assertThat(failed)
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.get("request_id").asString()).isEqualTo(requestId);
          assertThat(line.get("job_id").asString()).isNotBlank();
          assertThat(line.get("traceId").asString()).hasSize(32);
        });
  }

  @Test
  void takesNoTokenOnAPortOfItsOwn() throws Exception {
    try (var apart =
        TestServer.start(
            Map.of("management.server.port", "0", "management.server.address", "127.0.0.1"))) {
      var management = "http://127.0.0.1:" + apart.managementPort();
      var anonymous = ApiClient.anonymous(apart);
      assertThat(anonymous.get(management + METRICS).status()).isEqualTo(200);
      assertThat(anonymous.get(management + "/actuator/health").status()).isEqualTo(200);
      assertThat(HTTP.send(onTheMainPort(apart), BodyHandlers.discarding()).statusCode())
          .isEqualTo(404);
    }
  }

  /// By a client of its own: with a port for management the path is no part of the API.
  private static HttpRequest onTheMainPort(TestServer apart) {
    return HttpRequest.newBuilder(apart.baseUrl().resolve(METRICS))
        .header("api_token", apart.token())
        .build();
  }
}
