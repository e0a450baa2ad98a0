package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Clones and bulk uploads: whose attempt is whose, and when shared bytes go.
class ClonedUploadTest {

  private static TestServer server;
  private static UploadClient client;
  private static CleanUpTask cleanUp;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64"));
    client = new UploadClient(server);
    cleanUp = server.bean(CleanUpTask.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void deleteAllDatasets() {
    for (JsonNode project : client.api().get("/tailored-gen/projects").json()) {
      client.api().delete("/tailored-gen/projects/" + project.get("id").asLong());
    }
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).isEmpty();
  }

  @Test
  void anEmptyCloneRepeatsAFailedAttempt() {
    long failed = client.dataset("fibo");
    try (var empty = ZipServer.serving(TestZip.with(file("a.txt", "no image")))) {
      assertThat(client.upload(failed, empty.url()).get("status").asString()).isEqualTo("failed");
    }
    long clone = cloneOf(failed);
    assertThat(client.api().get(UploadClient.path(clone, "/bulk-upload/status")).status())
        .isEqualTo(404);
    assertThat(upload(clone, 2).get("done").asInt()).isEqualTo(2);
    assertThat(client.api().get(UploadClient.path(failed, "/images")).json()).isEmpty();
  }

  @Test
  void aCloneWithImagesTakesNoUpload() {
    long clone = cloneOf(uploaded(1));
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      assertThat(client.submit(clone, source.url()).type())
          .isEqualTo("bulk-upload.dataset-not-empty");
    }
  }

  @Test
  void bytesStayUntilTheLastDatasetWithThemIsGone() {
    long origin = uploaded(2);
    long clone = cloneOf(origin);
    long ofClone = cloneOf(clone);
    delete(origin);
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).hasSize(4);
    delete(ofClone);
    cleanUp.run();
    assertThat(files()).hasSize(4);
    assertServed(clone, 2);
    delete(clone);
    cleanUp.run();
    assertThat(files()).isEmpty();
  }

  @Test
  void anImageDeletedInTheCloneStaysInTheOrigin() {
    long origin = uploaded(2);
    long clone = cloneOf(origin);
    long image = client.images(clone).get(0).get("id").asLong();
    assertThat(client.api().delete(UploadClient.path(clone, "/images/" + image)).status())
        .isEqualTo(204);
    cleanUpOnceNoTaskIsLeft();
    assertServed(origin, 2);
    assertServed(clone, 1);
  }

  /// Clones are made while their origin is taken apart: each is refused or has bytes for all of its
  /// images, and nobody waits in a circle.
  @Test
  void clonesMadeWhileTheirOriginGoesAreWhole() throws Exception {
    for (int round = 0; round < 4; round++) {
      long origin = uploaded(6);
      long project = client.datasetAsSeen(origin).get("project_id").asLong();
      List<Long> images = new ArrayList<>();
      client.images(origin).forEach(image -> images.add(image.get("id").asLong()));
      boolean deletesProject = round % 2 == 1;
      Queue<Long> clones = new ConcurrentLinkedQueue<>();
      List<Callable<Integer>> work = new ArrayList<>();
      for (int n = 0; n < 6; n++) work.add(() -> tryToClone(origin, clones));
      for (long image : images.subList(0, 3)) {
        work.add(() -> client.api().delete(UploadClient.path(origin, "/images/" + image)).status());
      }
      work.add(() ->
          deletesProject
              ? client.api().delete("/tailored-gen/projects/" + project).status()
              : client.api().delete(UploadClient.path(origin, "")).status());
      work.add(() -> {
        cleanUp.run();
        return 200;
      });
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Integer> done : threads.invokeAll(work)) {
          assertThat(done.get()).isIn(200, 201, 204, 404);
        }
      }
      cleanUpOnceNoTaskIsLeft();
      for (long clone : clones) {
        if (client.api().get(UploadClient.path(clone, "")).status() == 200) {
          assertServed(clone, client.images(clone).size());
        }
      }
    }
  }

  private static int tryToClone(long origin, Queue<Long> clones) {
    var answer = client.api().post(UploadClient.path(origin, "/clone"), "{}");
    if (answer.status() == 201) clones.add(answer.json().get("id").asLong());
    return answer.status();
  }

  private static long cloneOf(long dataset) {
    var answer = client.api().post(UploadClient.path(dataset, "/clone"), "{}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  private static long uploaded(int count) {
    long dataset = client.dataset("fibo");
    assertThat(upload(dataset, count).get("done").asInt()).isEqualTo(count);
    return dataset;
  }

  private static JsonNode upload(long dataset, int count) {
    try (var source = ZipServer.serving(TinyImages.zip(count))) {
      return client.upload(dataset, source.url());
    }
  }

  private static void delete(long dataset) {
    assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
  }

  private static void assertServed(long dataset, int count) {
    JsonNode images = client.images(dataset);
    assertThat(images).hasSize(count);
    var browser = ApiClient.anonymous(server);
    IntStream.range(0, count)
        .mapToObj(images::get)
        .forEach(image -> {
          assertThat(browser.get(image.get("image_url").asString()).status()).isEqualTo(200);
          assertThat(browser.get(image.get("thumbnail_url").asString()).status()).isEqualTo(200);
        });
  }

  private static void cleanUpOnceNoTaskIsLeft() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            server
                    .jdbc()
                    .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                    .query((row, _) -> row.getInt(1))
                    .single()
                == 0);
    cleanUp.run();
  }

  private static List<String> files() {
    Path root = server.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
