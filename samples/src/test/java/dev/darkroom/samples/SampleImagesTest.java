package dev.darkroom.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleImagesTest {

  @ParameterizedTest
  @EnumSource
  void makesEachKindInItsFormatAndAlwaysTheSame(SampleKind kind) {
    if (!SampleImages.canMake(kind)) {
      assertThatThrownBy(() -> SampleImages.of(kind, 300, 200)).hasMessageContaining("libvips");
      assumeTrue(false, "NOT TESTED: " + kind + ". Run `npm ci` in runtime/.");
    }
    byte[] image = SampleImages.of(kind, 300, 200);
    String start = new String(image, 0, 12, ISO_8859_1);
    switch (kind.extension()) {
      case "jpg" -> assertThat(start).startsWith("\u00ff\u00d8\u00ff");
      case "png" -> assertThat(start).startsWith("\u0089PNG");
      default -> assertThat(start).startsWith("RIFF").endsWith("WEBP");
    }
    assertThat(SampleImages.of(kind, 300, 200)).isEqualTo(image);
  }

  @Test
  void keepsAJpegReadableWhenItGivesItAnOrientation() throws IOException {
    byte[] turned = SampleImages.withOrientation(SampleImages.jpeg(300, 200), 6);
    assertThat(new String(turned, ISO_8859_1)).contains("Exif\0\0MM\0*");
    assertThat(ImageIO.read(new ByteArrayInputStream(turned)).getWidth()).isEqualTo(300);
  }

  @Test
  void putsThePatchesWhereItSays() throws IOException {
    byte[] image = SampleImages.patches(SampleKind.PNG, 100, 80);
    var picture = ImageIO.read(new ByteArrayInputStream(image));
    assertThat(picture.getRGB(25, 20) & 0xffffff).isEqualTo(0xc83c32);
    assertThat(picture.getRGB(75, 20) & 0xffffff).isEqualTo(0x5aa050);
    assertThat(picture.getRGB(25, 60) & 0xffffff).isEqualTo(0x3c5aa0);
    assertThat(picture.getRGB(75, 60) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void cutsAndFlips() {
    byte[] bytes = {1, 2, 3, 4};
    assertThat(SampleImages.truncated(bytes, 0.5)).containsExactly(1, 2);
    assertThat(SampleImages.flipped(bytes, 1, 2)).containsExactly(1, -3, -4, 4);
    assertThat(bytes).containsExactly(1, 2, 3, 4);
  }
}
