package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.samples.SampleImages;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPixelsTest {

  private static final int LAST = ModelPixels.SIDE - 1;

  private static float at(float[] pixels, int x, int y, int channel) {
    return pixels[(y * ModelPixels.SIDE + x) * 3 + channel];
  }

  @Test
  void laysTheCornersOnTheCornersAndBlendsBetweenThem() {
    var picture = Raster.createInterleavedRaster(0, 2, 2, 3, null);
    picture.setPixel(0, 0, new int[] {255, 0, 51});
    picture.setPixel(1, 0, new int[] {0, 255, 51});
    picture.setPixel(0, 1, new int[] {0, 0, 51});
    picture.setPixel(1, 1, new int[] {0, 0, 51});
    var pixels = ModelPixels.of(picture);
    assertThat(at(pixels, 0, 0, 0)).isEqualTo(1);
    assertThat(at(pixels, LAST, 0, 0)).isZero();
    assertThat(at(pixels, LAST, 0, 1)).isEqualTo(1);
    assertThat(at(pixels, 0, LAST, 0)).isZero();
    assertThat(at(pixels, 100, 0, 0)).isCloseTo(1 - 100f / LAST, within(1e-6f));
    assertThat(at(pixels, 100, 50, 0))
        .isCloseTo((1 - 100f / LAST) * (1 - 50f / LAST), within(1e-6f));
    assertThat(at(pixels, 77, 33, 2)).isEqualTo(0.2f);
  }

  @Test
  void takesAPictureOfTheModelsSizeAsItIs() {
    var picture = new TestPicture(1, ModelPixels.SIDE, ModelPixels.SIDE);
    byte[] samples = picture.samples();
    float[] pixels = ModelPixels.of(picture.raster());
    for (int i = 0; i < samples.length; i++) {
      assertThat(pixels[i]).isEqualTo((samples[i] & 0xff) / 255f);
    }
  }

  @Test
  void takesASinglePixel() {
    var picture = Raster.createInterleavedRaster(0, 1, 1, 3, null);
    picture.setPixel(0, 0, new int[] {0, 51, 255});
    assertThat(ModelPixels.of(picture)).startsWith(0, 0.2f, 1).endsWith(0, 0.2f, 1);
  }

  @Test
  void takesGreyForWhatIsWritten() throws IOException {
    var picture = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 300 * 200; i++) picture.getRaster().setSample(i % 300, i / 300, 0, 102);
    float[] pixels = ModelPixels.of(TestPicture.jpeg(picture));
    for (float pixel : pixels) assertThat(pixel).isCloseTo(0.4f, within(0.005f));
  }

  @Test
  void writesNoFileToTheTemporaryFolder(@TempDir Path folder) throws IOException {
    Path gone = folder.resolve("gone");
    Files.createDirectory(gone);
    ImageIO.setCacheDirectory(gone.toFile());
    try {
      Files.delete(gone);
      assertThat(ModelPixels.of(SampleImages.jpeg(32, 32))).isNotEmpty();
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }

  @Test
  void refusesADamagedPictureWhateverItsReaderThrows() {
    byte[] jpeg = SampleImages.jpeg(64, 64);
    var refusals =
        IntStream.range(2, jpeg.length)
            .mapToObj(at -> catchThrowable(() -> ModelPixels.of(SampleImages.flipped(jpeg, at, 1))))
            .filter(Objects::nonNull)
            .toList();
    assertThat(refusals).hasSizeGreaterThan(20).allMatch(IOException.class::isInstance);
  }

  @Test
  void refusesWhatIsNoPicture() {
    byte[] text = "no picture".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> ModelPixels.of(text)).isInstanceOf(IOException.class);
  }
}
