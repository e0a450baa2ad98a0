package dev.darkroom.uploadstatus;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.uploadstatus.EventReader.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class StatusEventsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.status.max-watchers-per-organization", "4",
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.limits.min-dimension", "64");

  private static TestServer server;

  /// An organization of each test's own: a stream that is closed has its seat for a while.
  private Watchers watchers;

  private ApiClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(PROPERTIES);
  }

  @BeforeEach
  void sitDown() {
    watchers = Watchers.of(server);
    client = watchers.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void sendsEachStatusAsItComesAndTheEntriesWithTheLast() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    try (var events = open(upload)) {
      assertThat(events.response().statusCode()).isEqualTo(200);
      assertThat(events.response().headers().firstValue("Cache-Control")).hasValue("no-store");
      Event first = next(events);
      assertThat(first.name()).isEqualTo("status");
      assertThat(first.data().get("failed").asInt()).isZero();
      upload.fail(3);
      Event second = next(events);
      assertThat(second.data().get("failed").asInt()).isEqualTo(3);
      assertThat(second.data().has("failed_images")).isFalse();
      assertThat(second.data().has("ignored_entries")).isFalse();
      upload.complete();
      Event last = next(events);
      assertThat(last.data()).isEqualTo(client.get(upload.path()).json());
      assertThat(last.data().get("failed_images")).hasSize(3);
      assertThat(events.next()).as("the end").isEmpty();
      assertThat(List.of(first.id(), second.id(), last.id())).doesNotHaveDuplicates();
    }
  }

  @Test
  void namesEachByTheVersionThatPollingNamesIt() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    try (var events = open(upload)) {
      assertThat(client.get(upload.path()).header("ETag"))
          .hasValue("W/\"%s\"".formatted(next(events).id()));
    }
  }

  @Test
  void followsARealUploadToItsEnd() throws Exception {
    var uploads = new UploadClient(client);
    long dataset = uploads.dataset("fibo");
    List<JsonNode> seen = new ArrayList<>();
    var zip =
        TestZip.with(
            file("a.jpg", SampleImages.jpeg(64, 64)), file("b.jpg", "x"), file("c.txt", "x"));
    try (var source = ZipServer.serving(zip)) {
      assertThat(uploads.submit(dataset, source.url()).status()).isEqualTo(202);
      var path = UploadClient.path(dataset, "/bulk-upload/status");
      try (var events = EventReader.open(server, watchers.token(), path)) {
        for (var event = events.next(); event.isPresent(); event = events.next()) {
          seen.add(event.get().data());
        }
      }
    }
    assertThat(seen).extracting(status -> status.get("progress_percentage").asInt()).isSorted();
    JsonNode last = seen.getLast();
    assertThat(last).isEqualTo(uploads.status(dataset));
    assertThat(last.get("status").asString()).isEqualTo("completed");
    assertThat(last.get("failed_images")).hasSize(1);
    assertThat(last.get("ignored_entries")).hasSize(1);
    assertThat(seen.subList(0, seen.size() - 1))
        .allSatisfy(status -> assertThat(status.has("failed_images")).isFalse());
  }

  @Test
  void showsThatItIsThereWhereNothingChanges() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    try (var events = open(upload)) {
      next(events);
      assertThat(events.line()).as("after fifteen seconds").hasValue(": nothing new");
      upload.fail(1);
      assertThat(next(events).data().get("failed").asInt()).isOne();
    }
  }

  @Test
  void goesOnAfterTheEventThatWasSeen() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    String seen;
    try (var events = open(upload)) {
      seen = next(events).id();
    }
    try (var events = open(upload, "Last-Event-ID", seen)) {
      assertThat(events.line()).hasValue("retry: 1000");
      assertThat(events.line()).hasValue("");
      assertThat(events.line()).hasValue(": nothing new");
      upload.fail(1);
      assertThat(next(events).data().get("failed").asInt()).isOne();
    }
    try (var events = open(upload, "Last-Event-ID", seen)) {
      assertThat(next(events).data().get("failed").asInt()).as("missed meanwhile").isOne();
    }
  }

  @Test
  void sendsAFinalStatusAndEnds() throws Exception {
    var upload = TestUpload.of(server, client, 10).complete();
    String seen;
    try (var events = open(upload)) {
      seen = next(events).id();
      assertThat(events.next()).isEmpty();
    }
    try (var events = open(upload, "Last-Event-ID", seen)) {
      assertThat(events.response().statusCode()).as("do not come back").isEqualTo(204);
    }
  }

  @Test
  void endsWhereTheDatasetIsDeleted() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    try (var events = open(upload)) {
      next(events);
      upload.deleteDataset();
      assertThat(events.next()).isEmpty();
    }
  }

  @Test
  void givesTheSeatBackWhenTheClientIsGone() throws Exception {
    var upload = TestUpload.of(server, client, 1000);
    List<EventReader> streams = new ArrayList<>();
    for (int n = 0; n < 4; n++) streams.add(follow(upload));
    watchers.awaitFull();
    for (EventReader each : streams) each.close();
    // What is written to them next shows that they are gone.
    for (int n = 0; n < 3; n++) upload.fail(1);
    watchers.awaitSeat();
  }

  @Test
  void refusesMoreThanAnOrganizationMayHave() throws Exception {
    var upload = TestUpload.of(server, client, 10);
    List<EventReader> streams = new ArrayList<>();
    for (int n = 0; n < 4; n++) streams.add(follow(upload));
    Answer answer = client.with("Accept", "text/event-stream").get(upload.path());
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(answer.type()).isEqualTo("status.too-many-watchers");
    assertThat(answer.json().get("limit").asInt()).isEqualTo(4);
    assertThat(answer.header("Retry-After")).isPresent();
    upload.complete();
    for (EventReader each : streams) end(each);
    watchers.awaitSeat();
  }

  @Test
  void refusesMoreThanTheNodeTakes() throws Exception {
    try (var node = TestServer.start(Map.of("darkroom.status.max-watchers", "1"))) {
      var upload = TestUpload.of(node, ApiClient.of(node), 10);
      try (var events = EventReader.open(node, node.token(), upload.path())) {
        next(events);
        Answer answer = ApiClient.of(node).with("Accept", "text/event-stream").get(upload.path());
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("status.node-full");
        assertThat(answer.header("Retry-After")).isPresent();
      }
    }
  }

  @Test
  void endsAtOnceWithTheServer() throws Exception {
    EventReader events;
    try (var node = TestServer.start(PROPERTIES)) {
      var upload = TestUpload.of(node, ApiClient.of(node), 10);
      events = EventReader.open(node, node.token(), upload.path());
      next(events);
    }
    try (events) {
      assertThat(events.next()).as("ended, and not cut off").isEmpty();
    }
  }

  private EventReader open(TestUpload upload, String... headers) throws Exception {
    return EventReader.open(server, watchers.token(), upload.path(), headers);
  }

  /// With its first event read, so that it has its seat.
  private EventReader follow(TestUpload upload) throws Exception {
    var events = open(upload);
    next(events);
    return events;
  }

  private static void end(EventReader events) throws IOException {
    while (events.next().isPresent()) {}
    events.close();
  }

  private static Event next(EventReader events) throws IOException {
    Optional<Event> event = events.next();
    assertThat(event).as("the stream goes on").isPresent();
    return event.orElseThrow();
  }
}
