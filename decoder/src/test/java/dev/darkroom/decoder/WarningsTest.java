package dev.darkroom.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VipsJpeg: Corrupt JPEG data: premature end of data segment",
        "VipsJpeg: Corrupt JPEG data: bad Huffman code",
        "VipsJpeg: Corrupt JPEG data: found marker 0xd4 instead of RST3",
        "VipsJpeg: Corrupt JPEG data: 12 extraneous bytes before marker 0xda",
        "VipsJpeg: Inconsistent progression sequence for component 1 coefficient 3",
      })
  void tellOfDamageToThePixels(String text) {
    assertThat(new Warnings(List.of("read gave 1 warnings", text)).tellOfDamage()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VipsJpeg: Invalid SOS parameters for sequential JPEG",
        "VipsJpeg: Warning: unknown JFIF revision number 2.01",
        "VipsJpeg: Unknown Adobe color transform code 7",
        "VipsJpeg: Corrupt JPEG data: 2 extraneous bytes before marker 0xd9",
        "VipsJpeg: Corrupt JPEG data: bad ICC marker",
        "libpng warning: iCCP: known incorrect sRGB profile",
        "error reading resolution",
      })
  void leaveSoundFilesAlone(String text) {
    assertThat(new Warnings(List.of("read gave 1 warnings", text)).tellOfDamage()).isFalse();
  }
}
