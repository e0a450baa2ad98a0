package dev.darkroom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.caption.Picture;
import dev.darkroom.failure.FailureException;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.Inspection;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PicturesTest {

  private static TestServer server;
  private static TestDatasets datasets;
  private static TestImages images;
  private static Pictures pictures;

  private long dataset;
  private long upload;
  private int stored;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    datasets = new TestDatasets(ApiClient.of(server));
    images = new TestImages(server);
    pictures = server.bean(Pictures.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void beginAnUpload() {
    dataset = datasets.fibo();
    upload = images.upload(dataset, "processing");
  }

  @Test
  void tellsTheUprightSizeAndTheFactsOfTheCamera() {
    var picture = pictures.get(add(0));
    assertThat(picture.width()).isEqualTo(1600);
    assertThat(picture.height()).isEqualTo(1200);
    assertThat(picture.exif()).isEqualTo(Map.of("make", "Camera", "iso", 100));
  }

  @Test
  void findsWhatIsPublishedInTheOrderAskedForAndLeavesOutWhatIsGone() {
    long first = add(0);
    long second = add(1);
    images.add(dataset, upload, 2, "unpublished.png");
    assertThat(pictures.find(List.of(second, -1L, id(2), first)).keySet())
        .containsExactly(second, first);
    assertThat(pictures.find(List.of())).isEmpty();
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> pictures.get(-1))
        .extracting(e -> e.failure().type())
        .isEqualTo("dataset.image-not-found");
  }

  @Test
  void givesTheStoredThumbnailUpToItsSize() throws IOException {
    var picture = pictures.get(add(7));
    assertThat(picture.jpeg(512)).isEqualTo(TestImages.thumbnail(7));
    assertThat(picture.jpeg(224)).isEqualTo(TestImages.thumbnail(7));
  }

  @Test
  void makesALargerOneFromTheOriginal() throws IOException {
    var picture = store(SampleImages.withOrientation(SampleImages.jpeg(1600, 1200), 6));
    var rendition = decoded(picture.jpeg(1024));
    assertThat(rendition.getHeight()).isEqualTo(1024);
    assertThat(rendition.getWidth()).isEqualTo(768);
  }

  @Test
  void givesManyCallersAtOnceTheirOwn() throws Exception {
    var wide = store(SampleImages.jpeg(1600, 1200));
    var tall = store(SampleImages.jpeg(1200, 1600));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> width = () -> decoded(wide.jpeg(1024)).getWidth();
      Callable<Integer> height = () -> decoded(tall.jpeg(1024)).getHeight();
      var asked = Stream.generate(() -> List.of(width, height)).limit(20).flatMap(List::stream);
      assertThat(threads.invokeAll(asked.toList())).extracting(Future::get).containsOnly(1024);
    }
  }

  @Test
  void saysThatTheImageIsGoneWhenItsBytesAre() throws IOException {
    long id = add(0);
    var picture = pictures.get(id);
    var key = new ObjectKey("test/%d/0".formatted(upload));
    server.bean(ObjectStore.class).delete(key.original());
    server.bean(ObjectStore.class).delete(key.thumbnail());
    assertThat(failureType(picture, 1024)).isEqualTo("dataset.image-not-found");
    assertThat(failureType(picture, 512)).isEqualTo("dataset.image-not-found");
  }

  @Test
  void saysWhatIsWrongWithBytesThatTheStoreHasSpoilt() {
    var picture = pictures.get(add(0));
    assertThat(failureType(picture, 1024)).isEqualTo("image.unsupported-format");
  }

  @Test
  void saysWhereBytesEndThatTheStoreHasCutShort() throws IOException {
    var jpeg = SampleImages.jpeg(1600, 1200);
    var picture = store(jpeg);
    var key = new ObjectKey("test/%d/%d".formatted(upload, stored - 1)).original();
    server.bean(ObjectStore.class).put(key, MemorySegment.ofArray(jpeg).asSlice(0, 5000));
    assertThat(failureType(picture, 1024)).isEqualTo("image.truncated");
  }

  private static String failureType(Picture picture, int longSide) {
    try {
      var _ = picture.jpeg(longSide);
    } catch (FailureException e) {
      return e.failure().type();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("rendered");
  }

  /// Bytes that only look like an image, of 1600 x 1200 by their row.
  private long add(int ordinal) {
    images.add(dataset, upload, ordinal, "a.png");
    server.bean(DatasetImages.class).publish(upload);
    return id(ordinal);
  }

  private Picture store(byte[] image) throws IOException {
    var inspection = server.bean(ImageInspector.class).inspect(MemorySegment.ofArray(image));
    assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
    int ordinal = stored++;
    long id = add(ordinal);
    var header = ((Inspection.Accepted) inspection).header();
    server
        .jdbc()
        .sql(
            """
            WITH image AS (SELECT dataset_id, size_bytes FROM dataset_image WHERE id = :id),
              counted AS (
                UPDATE dataset_storage storage SET bytes = bytes - size_bytes + :size
                FROM image WHERE storage.dataset_id = image.dataset_id)
            UPDATE dataset_image SET width = :width, height = :height, size_bytes = :size WHERE id = :id
            """)
        .param("width", header.width())
        .param("height", header.height())
        .param("size", image.length)
        .param("id", id)
        .update();
    server
        .bean(ObjectStore.class)
        .put(
            new ObjectKey("test/%d/%d".formatted(upload, ordinal)).original(),
            MemorySegment.ofArray(image));
    return pictures.get(id);
  }

  private long id(int ordinal) {
    return server
        .jdbc()
        .sql("SELECT id FROM dataset_image WHERE bulk_upload_id = :upload AND ordinal = :ordinal")
        .param("upload", upload)
        .param("ordinal", ordinal)
        .query((row, _) -> row.getLong(1))
        .single();
  }

  private static BufferedImage decoded(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }
}
