package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.failurereport.FailedImages;
import dev.darkroom.failurereport.FailureSelection;
import dev.darkroom.openapi.DocumentedApi.Operation;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.webhook.Receiver;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends the documented request of every operation to a fresh server, in the order in which a
/// dataset lives: each has to be answered with the success that is documented, in every form in
/// which it is. [ApiClient] holds the fields of the answers to the description. The examples speak
/// of the first project, dataset and image; where one needs another thing, the step before makes
/// it, and what stands under `example.com` is here a server of this test.
class DocumentedRequestsTest {

  /// An operation in its place.
  ///
  /// @param before makes what its example takes for granted
  record Step(String operation, Runnable before) {

    static Step of(String operation) {
      return new Step(operation, () -> {});
    }

    @Override
    public String toString() {
      return operation;
    }
  }

  private static final List<Step> STEPS =
      List.of(
          Step.of("getLiveness"),
          Step.of("getReadiness"),
          Step.of("getInfo"),
          Step.of("getMetrics"),
          Step.of("getApiDescription"),
          Step.of("getLimits"),
          Step.of("createOrganization"),
          Step.of("listOrganizations"),
          Step.of("getOrganization"),
          Step.of("createToken"),
          Step.of("listTokens"),
          Step.of("rotateToken"),
          Step.of("revokeToken"),
          Step.of("updateOrganization"),
          Step.of("purgeOrganization"),
          Step.of("getUploadCapabilities"),
          Step.of("createUpload"),
          Step.of("getUploadOffset"),
          Step.of("sendUploadBytes"),
          Step.of("getUpload"),
          Step.of("listUploads"),
          Step.of("terminateUpload"),
          Step.of("createProject"),
          Step.of("listProjects"),
          Step.of("getProject"),
          Step.of("updateProject"),
          Step.of("createDataset"),
          Step.of("listDatasets"),
          Step.of("listDatasetsOfProject"),
          Step.of("getDataset"),
          Step.of("updateDataset"),
          Step.of("beginPreflight"),
          Step.of("getPreflightStatus"),
          Step.of("submitBulkUpload"),
          new Step("getBulkUploadStatus", DocumentedRequestsTest::awaitEndOfUpload),
          Step.of("getBulkUploadStatusByShortPath"),
          Step.of("listDuplicates"),
          Step.of("listImages"),
          new Step("getImage", DocumentedRequestsTest::learnOfImage),
          Step.of("getFile"),
          new Step("getFailedImageThumbnail", DocumentedRequestsTest::learnOfFailedImage),
          Step.of("changeCaption"),
          Step.of("refineStructuredPrompt"),
          Step.of("generateVisualSchema"),
          Step.of("listWebhookDeliveries"),
          new Step("redeliverWebhook", DocumentedRequestsTest::awaitDelivery),
          Step.of("cloneDataset"),
          Step.of("downloadDataset"),
          new Step("getExport", DocumentedRequestsTest::learnOfExport),
          Step.of("regenerateAllCaptions"),
          Step.of("deleteImage"),
          Step.of("deleteDataset"),
          new Step("cancelBulkUpload", DocumentedRequestsTest::beginAnotherUpload),
          new Step("uploadImage", DocumentedRequestsTest::makeBasicDataset),
          Step.of("deleteProject"),
          Step.of("listAuditEntries"),
          new Step("getHealth", DocumentedRequestsTest::awaitHealth));

  private static final Duration LONG = Duration.ofMinutes(2);

  /// Of a status, what depends on when and by whom it was asked for.
  private static final Set<String> OF_THE_MOMENT =
      Set.of("request_id", "created_at", "started_at", "finished_at");

  private static final Map<String, String> KNOWN = new HashMap<>(Map.of("variant", "original"));

  private static TestServer server;
  private static ApiClient client;
  private static ZipServer archive;
  private static ZipServer picture;
  private static Receiver receiver;
  private static Map<String, String> standIns;

  @BeforeAll
  static void start() {
    archive =
        ZipServer.serving(
            TestZip.with(
                TestEntry.file("plates/001.jpg", SampleImages.jpeg(1024, 1024)),
                TestEntry.file("plates/002.jpg", SampleImages.jpeg(1280, 1024)),
                TestEntry.file("plates/003.jpg", SampleImages.jpeg(640, 480)),
                TestEntry.file("notes.txt", "Found in the garden.")));
    picture = ZipServer.serving(SampleImages.jpeg(1024, 1024)).contentType("image/jpeg");
    receiver = new Receiver();
    standIns =
        Map.of(
            "https://example.com/plates.zip", archive.url(),
            "https://example.com/plates/001.jpg", picture.url(),
            "https://hooks.example.com/darkroom", receiver.url());
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "db-scheduler.polling-interval", "20ms"),
            TestCaptioner.Configuration.class);
    client = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
    picture.close();
    archive.close();
  }

  @Test
  void everyOperationHasItsPlace() {
    assertThat(STEPS)
        .extracting(Step::operation)
        .containsExactlyInAnyOrderElementsOf(
            DocumentedApi.OPERATIONS.stream().map(Operation::id).toList());
  }

  @ParameterizedTest
  @FieldSource("STEPS")
  void everyDocumentedRequestIsAnsweredAsDocumented(Step step) {
    step.before().run();
    assertThat(send(step.operation())).isNotEmpty();
  }

  /// Sends the documented request of an operation, which has to succeed in every form.
  private static List<Answer> send(String operationId) {
    var request = new DocumentedRequest(operation(operationId), KNOWN, standIns);
    boolean takesToken = !request.operation().content().has("security");
    var answers = request.send(takesToken ? client : ApiClient.anonymous(server));
    assertThat(answers)
        .allSatisfy(answer ->
            assertThat(answer.status()).as(answer.text()).isEqualTo(request.mainStatus()));
    return answers;
  }

  private static JsonNode answer(String operationId) {
    return send(operationId).getFirst().json();
  }

  private static Operation operation(String id) {
    return DocumentedApi.OPERATIONS.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// The archive is the one that the example of a status tells of.
  private static void awaitEndOfUpload() {
    var status =
        await()
            .atMost(LONG)
            .until(
                () -> answer("getBulkUploadStatus"),
                now -> now.get("phase").asString().equals("finished"));
    var example =
        operation("getBulkUploadStatus").response(200).at("/content/application~1json/example");
    assertThat(lasting(status)).isEqualTo(lasting(example));
  }

  private static JsonNode lasting(JsonNode status) {
    return ((ObjectNode) status.deepCopy()).remove(OF_THE_MOMENT);
  }

  private static void learnOfImage() {
    var image = answer("listImages").get(0);
    KNOWN.put("image_id", image.get("id").toString());
    learnOfLink(image.get("image_url").asString());
  }

  private static void learnOfFailedImage() {
    var tooSmall = new FailureSelection("image.too-small", "", 0, 1);
    var image = server.bean(FailedImages.class).page(1, tooSmall).getFirst();
    KNOWN.put("ordinal", Integer.toString(image.ordinal()));
    learnOfLink(Objects.requireNonNull(image.thumbnailLink()));
  }

  private static void learnOfExport() {
    KNOWN.putAll(Map.of("format", "zip", "number", "0"));
    learnOfLink(answer("downloadDataset").get("download_url").asString());
  }

  private static void learnOfLink(String url) {
    for (var part : URI.create(url).getQuery().split("&", -1)) {
      var pair = part.split("=", 2);
      KNOWN.put(pair[0], pair[1]);
    }
  }

  /// The message is one that a reader of the description expects.
  private static void awaitDelivery() {
    var delivery =
        await()
            .atMost(LONG)
            .until(
                () -> answer("listWebhookDeliveries").path(0),
                now -> now.path("state").asString("").equals("delivered"));
    KNOWN.put("id", delivery.get("id").toString());
    var message = receiver.calls().getFirst();
    var documented =
        DocumentedApi.DOCUMENT
            .at("/components/callbacks/BulkUploadEnd")
            .get("{$request.body#/webhook_url}")
            .get("post");
    assertThat(documented.get("parameters"))
        .allSatisfy(
            parameter -> assertThat(message.header(parameter.get("name").asString())).isNotBlank());
    var schema = documented.at("/requestBody/content/application~1json/schema");
    assertThat(DocumentedApi.departures(schema, message.json())).isEmpty();
  }

  /// It stays at its beginning.
  private static void beginAnotherUpload() {
    KNOWN.put("dataset_id", answer("createDataset").get("id").toString());
    server.bean(Scheduler.class).pause();
    var _ = send("submitBulkUpload");
  }

  /// On a busy machine a part may say nothing in time, and is asked again later.
  private static void awaitHealth() {
    await().atMost(LONG).until(() -> client.get("/actuator/health").status() == 200);
  }

  private static void makeBasicDataset() {
    server.bean(Scheduler.class).resume();
    var basic =
        client.post(
            "/tailored-gen/datasets",
            Map.of("project_id", 1, "name", "Single plates", "upload_type", "basic"));
    KNOWN.put("dataset_id", basic.json().get("id").toString());
  }
}
