package dev.darkroom.contactsheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dataset.DatasetImage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageFactsTest {

  private static final DatasetImage IMAGE =
      new DatasetImage(
          1,
          2,
          null,
          null,
          null,
          null,
          "a.jpg",
          Instant.EPOCH,
          Instant.EPOCH,
          4000,
          3000,
          "jpeg",
          2_412_345,
          "ab12",
          11);

  @Test
  void saysWhatTheFileIs() {
    assertThat(ImageFacts.of(IMAGE, Map.of()))
        .containsExactly(
            new Fact("Dimensions", "4,000 × 3,000 pixels (12.0 megapixels)"),
            new Fact("Size", "2.4 MB"),
            new Fact("Format", "JPEG"),
            new Fact("Place in the archive", "entry 12"),
            new Fact("SHA-256", "ab12"));
  }

  @Test
  void namesWhatTheCameraWroteAsPhotographersDo() {
    Map<String, Object> exif =
        Map.of(
            "make",
            "Canon",
            "model",
            "Canon EOS R5",
            "lens_model",
            "RF50mm F1.2",
            "focal_length",
            50.0,
            "f_number",
            2.8,
            "exposure_time",
            0.004,
            "iso",
            100,
            "taken_at",
            "2026-05-26T12:00:00+02:00",
            "orientation",
            6);
    assertThat(ImageFacts.of(IMAGE, exif))
        .contains(
            new Fact("Camera", "Canon EOS R5"),
            new Fact("Lens", "RF50mm F1.2"),
            new Fact("Focal length", "50 mm"),
            new Fact("Aperture", "f/2.8"),
            new Fact("Exposure", "1/250 s"),
            new Fact("ISO", "100"),
            new Fact("Taken", "2026-05-26 12:00:00+02:00"))
        .hasSize(12);
  }
}
