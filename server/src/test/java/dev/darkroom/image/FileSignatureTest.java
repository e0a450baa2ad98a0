package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileSignatureTest {

  @Test
  void knowsTheFormatsThatAreTaken() {
    assertThat(FileSignature.format(segment(TestImages.jpeg(8, 8)))).contains(ImageFormat.JPEG);
    assertThat(FileSignature.format(segment(TestImages.png(8, 8)))).contains(ImageFormat.PNG);
    assertThat(FileSignature.format(segment(TestImages.webp(8, 8)))).contains(ImageFormat.WEBP);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("GIF87a", "a GIF image"),
        arguments("\0\0\0\u0018ftypheic", "a HEIC image"),
        arguments("\0\0\0\u0018ftypmif1", "a HEIF image"),
        arguments("\0\0\0\u0018ftypavif", "an AVIF image"),
        arguments("\0\0\0\u0018ftypcrx ", "a camera's raw photo (CR3)"),
        arguments("\0\0\0\u0018ftypisom", "an MP4 or QuickTime video"),
        arguments("II*\0\u0010\0\0\0CR\u0002\0", "a camera's raw photo (CR2)"),
        arguments("II*\0\b\0\0\0", "a TIFF image or a camera's raw photo"),
        arguments("MM\0*\0\0\0\b", "a TIFF image or a camera's raw photo"),
        arguments("FUJIFILMCCD-RAW 0201", "a camera's raw photo (RAF)"),
        arguments("BM\u008A\u0010\0\0\0\0\0\0\u008A\0\0\0|", "a BMP image"),
        arguments("\u00FF\n\0\0", "a JPEG XL image"),
        arguments("\0\0\0\fJXL \r\n", "a JPEG XL image"),
        arguments("\0\0\0\fjP  \r\n", "a JPEG 2000 image"),
        arguments("8BPS\0\u0001", "a Photoshop document"),
        arguments("%PDF-1.7", "a PDF document"),
        arguments("RIFF\0\0\0\0AVI LIST", "an AVI video"),
        arguments("PK\u0003\u0004", "a ZIP archive"),
        arguments("<svg xmlns='x'/>", "an SVG drawing"),
        arguments("<?xml version='1.0'?>\n<!-- x -->\n<svg/>", "an SVG drawing"),
        arguments("\u00EF\u00BB\u00BF\n<!DOCTYPE HTML>", "an HTML page"),
        arguments("<html><body>", "an HTML page"),
        arguments("{\"error\": 404}", "a text"),
        arguments("\0\0\0\0\0\0\0\0", "nothing but zero bytes at its start"),
        arguments("\u0001\u0002\u0003", null));
  }

  @ParameterizedTest
  @MethodSource("others")
  void namesWhatIsNotTaken(String file, String found) {
    var segment = segment(ascii(file));

    assertThat(FileSignature.format(segment)).isEmpty();
    assertThat(FileSignature.describe(segment)).isEqualTo(found);
    assertThat(new ImageFailure.UnsupportedFormat(found).message())
        .contains(found == null ? "no known image format" : found);
  }
}
