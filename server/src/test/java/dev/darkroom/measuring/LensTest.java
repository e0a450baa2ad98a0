package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LensTest {

  @Test
  void tellsFocalLengthsAndAperture() {
    assertThat(
            Lens.of(Map.of("focal_length", 35.0, "focal_length_35mm", 52, "f_number", 1.8)).words())
        .isEqualTo("35 mm (52 mm on 35 mm film), f/1.8");
    assertThat(Lens.of(Map.of("focal_length", 4.25)).words()).isEqualTo("4.3 mm");
    assertThat(Lens.of(Map.of("focal_length_35mm", 26, "f_number", 2)).words())
        .isEqualTo("26 mm on 35 mm film, f/2");
  }

  @Test
  void saysNothingWithoutAFocalLength() {
    assertThat(Lens.of(Map.of()).words()).isEqualTo("not determined");
    assertThat(Lens.of(Map.of("f_number", 2.8)).words()).isEqualTo("not determined");
  }

  @Test
  void leavesOutWhatNoCameraHas() {
    Map<String, Object> broken = new HashMap<>();
    broken.put("focal_length", 0.49);
    broken.put("focal_length_35mm", 10_001);
    broken.put("f_number", "wide");
    assertThat(Lens.of(broken).words()).isEqualTo("not determined");
    assertThat(Lens.of(Map.of("focal_length", 5000.1)).focalLength()).isNull();
    assertThat(Lens.of(Map.of("focal_length_35mm", 3)).equivalent()).isNull();
    assertThat(Lens.of(Map.of("f_number", 129)).fNumber()).isNull();
    assertThat(Lens.of(Map.of("focal_length", 0.5, "f_number", 128)).words())
        .isEqualTo("0.5 mm, f/128");
  }

  /// 50 mm at f/8 on film: 50 * 50 / (8 * 0.03) mm = 10.417 m. A telephone's 4.2 mm at f/1.8, which
  /// shows what 26 mm on film do: 26 * 26 / (1.8 * 26 / 4.2 * 0.03) mm = 2.022 m.
  @Test
  void computesTheHyperfocalDistance() {
    assertThat(new Lens(50.0, 50.0, 8.0, true).hyperfocal()).isEqualTo(10.417);
    assertThat(new Lens(4.2, 26.0, 1.8, true).hyperfocal()).isCloseTo(2.022, within(0.001));
    assertThat(new Lens(null, 26.0, 1.8, true).hyperfocal()).isNull();
    assertThat(new Lens(4.2, null, 1.8, true).hyperfocal()).isNull();
    assertThat(new Lens(4.2, 26.0, null, true).hyperfocal()).isNull();
  }

  @Test
  void tellsWhetherTheCameraTellsOfAnExposure() {
    assertThat(Lens.of(Map.of("iso", 100)).exposed()).isTrue();
    assertThat(Lens.of(Map.of("exposure_time", 0.01)).exposed()).isTrue();
    assertThat(Lens.of(Map.of("software", "Editor", "make", "Scanner")).exposed()).isFalse();
  }
}
