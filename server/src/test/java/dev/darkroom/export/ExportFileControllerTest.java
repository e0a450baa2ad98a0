package dev.darkroom.export;

import static dev.darkroom.archive.TestEntry.file;
import static dev.darkroom.export.TestExports.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.bulkupload.UploadClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the bytes of an export come over the wire.
class ExportFileControllerTest {

  private static final int IMAGES = 9;

  private static TestServer server;
  private static TestExports exports;
  private static WatchedStore store;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestExports.SETTINGS, WatchedStore.Configuration.class);
    exports = new TestExports(server);
    store = server.bean(WatchedStore.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void watch() {
    store.watch();
  }

  private static long dataset() {
    return exports.dataset(
        "max",
        IntStream.range(0, 2 * IMAGES)
            .mapToObj(
                n -> n % 2 == 0 ? image(n + ".png", n) : file(n - 1 + ".txt", "caption " + (n - 1)))
            .toArray(TestEntry[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "imagefolder", "kohya", "webdataset", "captions"})
  void servesAnyRangeOfTheSameBytes(String format) {
    var url = exports.url(dataset(), format);
    var whole = exports.stranger().get(url);
    byte[] all = whole.bytes();
    assertThat(whole.header("Content-Length")).hasValue(Integer.toString(all.length));
    assertThat(whole.header("Accept-Ranges")).hasValue("bytes");
    for (int from = 0; from < all.length; from += 1 + all.length / 20) {
      int to = Math.min(all.length, from + 1 + all.length / 7);
      var part = exports.stranger().with("Range", "bytes=%d-%d".formatted(from, to - 1)).get(url);
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(all, from, to));
      assertThat(part.header("Content-Range"))
          .hasValue("bytes %d-%d/%d".formatted(from, to - 1, all.length));
      assertThat(part.header("ETag")).isEqualTo(whole.header("ETag"));
    }
  }

  @Test
  void tellsHowLongItIsWithoutReadingAnImage() {
    var url = exports.url(dataset(), "zip");
    var head = exports.stranger().send("HEAD", url, BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(store.reads()).isEmpty();
    assertThat(head.header("Content-Length"))
        .hasValue(Integer.toString(exports.stranger().get(url).bytes().length));
    assertThat(head.header("Content-Type")).hasValue("application/zip");
    assertThat(head.header("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"dataset-\\d+\\.zip\"");
    assertThat(head.header("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void readsNoImageForARangeWithoutOne() {
    var url = exports.url(dataset(), "zip");
    assertThat(exports.stranger().with("Range", "bytes=-500").get(url).status()).isEqualTo(206);
    assertThat(store.reads()).isEmpty();
  }

  @Test
  void readsOnlyThePartsOfImagesThatARangeHas() {
    var url = exports.url(dataset(), "zip");
    int header = 30 + "0.png".length();
    var range = "bytes=%d-%d".formatted(header + 10, header + 19);
    assertThat(exports.stranger().with("Range", range).get(url).bytes())
        .isEqualTo(Arrays.copyOfRange(TestExports.bytes(0), 10, 20));
    assertThat(store.reads())
        .hasSize(1)
        .first()
        .satisfies(read -> {
          assertThat(read.offset()).isEqualTo(10);
          assertThat(read.length()).isEqualTo(10);
        });
  }

  @Test
  void refusesARangePastTheEnd() {
    var answer =
        exports.stranger().with("Range", "bytes=99999999-").get(exports.url(dataset(), "zip"));
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.type()).isEqualTo("export.range-not-satisfiable");
    assertThat(answer.header("Content-Range").orElseThrow()).startsWith("bytes */");
  }

  @Test
  void saysWhenNothingHasChanged() {
    var url = exports.url(dataset(), "zip");
    var etag = exports.stranger().get(url).header("ETag").orElseThrow();
    assertThat(exports.stranger().with("If-None-Match", etag).get(url).status()).isEqualTo(304);
  }

  @Test
  void beginsAnewWhereTheDatasetHasChanged() {
    long dataset = dataset();
    var url = exports.url(dataset, "zip");
    var etag = exports.stranger().get(url).header("ETag").orElseThrow();
    var resumed = exports.stranger().with("Range", "bytes=100-").with("If-Range", etag);
    assertThat(resumed.get(url).status()).isEqualTo(206);
    long image = exports.client().images(dataset).get(3).get("id").asLong();
    var path = UploadClient.path(dataset, "/images/" + image);
    exports.client().api().put(path, Map.of("caption", "another one"));
    var changed = resumed.get(url);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(Optional.of(etag));
    var again = changed.header("ETag").orElseThrow();
    exports.client().api().delete(path);
    assertThat(exports.stranger().get(url).header("ETag").orElseThrow()).isNotIn(etag, again);
  }

  @Test
  void breaksTheConnectionWhereTheStoreIsOutMidway() {
    var url = exports.url(dataset(), "zip");
    store.outAfter(IMAGES - 1);
    assertThatThrownBy(() -> exports.stranger().get(url)).hasCauseInstanceOf(IOException.class);
    store.watch();
    assertThat(exports.stranger().get(url).status()).isEqualTo(200);
  }

  @Test
  void saysThatTheStoreIsOutWhereNothingIsSentYet() {
    var url = exports.url(dataset(), "zip");
    store.outAfter(0);
    var answer = exports.stranger().get(url);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.type()).isEqualTo("storage.unreachable");
  }

  @Test
  void countsTheChecksumsOfOlderImagesOnce() {
    long dataset = dataset();
    server
        .jdbc()
        .sql("UPDATE dataset_image SET crc32 = NULL WHERE dataset_id = :id AND ordinal < 6")
        .param("id", dataset)
        .update();
    var before =
        exports.stranger().send("HEAD", exports.url(dataset, "zip"), BodyPublishers.noBody());
    assertThat(store.reads()).isEmpty();
    var first = exports.download(dataset, "zip");
    assertThat(store.reads()).hasSize(IMAGES + 3);
    assertThat(exports.files(dataset, "zip").get("4.png")).isEqualTo(TestExports.bytes(4));
    store.watch();
    assertThat(exports.download(dataset, "zip")).isEqualTo(first);
    assertThat(store.reads()).hasSize(IMAGES);
    assertThat(before.header("Content-Length")).hasValue(Integer.toString(first.length));
  }

  @Test
  void refusesALinkThatIsNotItsOwn() {
    long dataset = dataset();
    var url = exports.url(dataset, "zip");
    for (var bad :
        List.of(
            url.replace("/zip/", "/kohya/"),
            url.replace("/zip/0", "/zip/1"),
            url.replace("/exports/" + dataset, "/exports/" + (dataset + 1)),
            url.replaceAll("\\?.*", ""))) {
      var answer = exports.stranger().get(bad);
      assertThat(answer.status()).as(bad).isEqualTo(403);
      assertThat(answer.type()).isEqualTo("image-link.invalid");
    }
  }

  @Test
  void isGoneWithItsDataset() {
    long dataset = dataset();
    var url = exports.url(dataset, "zip");
    exports.client().api().delete(UploadClient.path(dataset, ""));
    assertThat(exports.stranger().get(url).status()).isEqualTo(404);
  }

  @Test
  void sendsNoCaptionThatHasChangedSinceItWasMeasured() {
    long dataset = dataset();
    var file = server.bean(Exports.class).open(dataset, ExportFormat.ZIP, 0);
    exports.caption(dataset, 4, "caption x", "manual");
    assertThatThrownBy(() -> Sent.all(file.content())).hasMessageContaining("changed");
    server
        .jdbc()
        .sql("DELETE FROM dataset_image WHERE dataset_id = :id AND ordinal = 4")
        .param("id", dataset)
        .update();
    assertThatThrownBy(() -> Sent.all(file.content())).hasMessageContaining("changed");
  }
}
