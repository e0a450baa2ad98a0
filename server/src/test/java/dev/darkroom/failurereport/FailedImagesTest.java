package dev.darkroom.failurereport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.uploadstatus.TestUpload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What failed of one upload, by reason and a page at a time.
class FailedImagesTest {

  private static final String TOO_SMALL = "image.too-small";
  private static final String DIRECTORY_OF_MANY = "shoot";

  private static TestServer server;
  private static UploadClient uploads;
  private static FailureGroups groups;
  private static FailedImages images;
  private static long mixed;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64"));
    uploads = new UploadClient(server);
    groups = server.bean(FailureGroups.class);
    images = server.bean(FailedImages.class);
    mixed = uploads.dataset("fibo");
    try (var source = ZipServer.serving(mixed())) {
      uploads.upload(mixed, source.url());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Three too small ones, two that are none, a good one and a text.
  private static TestZip mixed() {
    byte[] small = SampleImages.jpeg(32, 32);
    List<TestEntry> entries = new ArrayList<>();
    entries.add(TestEntry.file("a/Plate 1.jpg", small));
    entries.add(TestEntry.file("none.jpg", "no image"));
    entries.add(TestEntry.file("a/plate 2.jpg", small));
    entries.add(TestEntry.file("good.jpg", SampleImages.jpeg(64, 64)));
    entries.add(TestEntry.file("100%_größe.jpg", small));
    entries.add(TestEntry.file("neither.jpg", "no image"));
    entries.add(TestEntry.file("notes.txt", "text"));
    return TestZip.with(entries);
  }

  @Nested
  class Groups {

    @Test
    void tellHowManyFailedForWhatAndWhatToDo() {
      assertThat(groups.of(mixed))
          .containsExactly(
              new FailureGroup(TOO_SMALL, 412, 3, "use a larger original"),
              new FailureGroup("image.unsupported-format", 415, 2, "convert it"));
    }

    @Test
    void areNoneWhereNothingFailedOrNothingWasUploaded() {
      assertThat(groups.of(TestUpload.of(server, uploads.api(), 3).dataset())).isEmpty();
      assertThat(groups.of(uploads.dataset("fibo"))).isEmpty();
    }

    @Test
    void haveNoAdviceOnAFailureThatIsNotKnownAnyMore() {
      var upload = TestUpload.of(server, uploads.api(), 1);
      upload.fail(1);
      upload.change(
          "UPDATE bulk_upload_entry SET failure_type = 'image.forgotten' WHERE bulk_upload_id = :id AND failure_type IS NOT NULL");
      assertThat(groups.of(upload.dataset()))
          .containsExactly(new FailureGroup("image.forgotten", 412, 1, null));
    }
  }

  @Nested
  class Pages {

    @Test
    void listTheImagesOfOneReasonInArchiveOrder() {
      assertThat(page(mixed, "", 0, 10))
          .extracting(ReportedImage::filename)
          .containsExactly("a/Plate 1.jpg", "a/plate 2.jpg", "100%_größe.jpg");
      var first = page(mixed, "", 0, 10).getFirst();
      var reported = uploads.status(mixed).get("failed_images").get(0);
      assertThat(first.ordinal()).isEqualTo(reported.get("ordinal").asInt());
      assertThat(first.status()).isEqualTo(reported.get("error_code").asInt());
      assertThat(first.type()).isEqualTo(reported.get("type").asString());
      assertThat(first.message()).isEqualTo(reported.get("error_message").asString());
      assertThat(first.thumbnailLink())
          .startsWith("/files/entries/%d/%d/thumbnail?".formatted(mixed, first.ordinal()));
    }

    @Test
    void haveNoLinkWhereNothingIsKept() {
      var none = new FailureSelection("image.unsupported-format", "", 0, 10);
      assertThat(images.page(mixed, none))
          .hasSize(2)
          .allSatisfy(image -> assertThat(image.thumbnailLink()).isNull());
    }

    @ParameterizedTest
    @CsvSource({
      "plate,   2",
      "PLATE 2, 1",
      "a/,      2",
      "GRÖSSE,  0",
      "GRÖßE,   1",
      "%,       1",
      "_,       1",
      "?,       0",
      "none,    0"
    })
    void listOnlyWhatHasTheTextInItsName(String search, int found) {
      var selection = new FailureSelection(TOO_SMALL, search, 0, 10);
      assertThat(images.page(mixed, selection)).hasSize(found);
      assertThat(images.count(mixed, selection)).isEqualTo(found);
    }

    @Test
    void findNothingForATextThatNoNameCanHave() {
      assertThat(page(mixed, "\u0000", 0, 10)).isEmpty();
      assertThat(images.page(mixed, new FailureSelection("\u0000", "", 0, 10))).isEmpty();
    }

    @Test
    void putTogetherAreAll() {
      var upload = TestUpload.of(server, uploads.api(), 5000, DIRECTORY_OF_MANY);
      upload.fail(5000);
      long dataset = upload.dataset();
      assertThat(images.count(dataset, new FailureSelection(TOO_SMALL, "", 0, 1))).isEqualTo(5000);
      List<Integer> ordinals = new ArrayList<>();
      for (int offset = 0; offset <= 5000; offset += FailureSelection.MAX_LIMIT) {
        for (var image : page(dataset, "", offset, FailureSelection.MAX_LIMIT)) {
          ordinals.add(image.ordinal());
        }
      }
      assertThat(ordinals).hasSize(5000).isSorted().doesNotHaveDuplicates();
      assertThat(page(dataset, DIRECTORY_OF_MANY + "/4999.", 0, 10)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 10", "0, 0", "0, 501"})
    void areRefusedWithBoundsThatAreNone(int offset, int limit) {
      assertThatThrownBy(() -> new FailureSelection(TOO_SMALL, "", offset, limit))
          .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ReportedImage> page(long dataset, String search, int offset, int limit) {
      return images.page(dataset, new FailureSelection(TOO_SMALL, search, offset, limit));
    }
  }
}
