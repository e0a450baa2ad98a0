package dev.darkroom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ArchiveLimitsTest {

  @Test
  void theDefaultsAreThoseOfTheContract() {
    assertThat(bind(Map.of()))
        .isEqualTo(ArchiveLimits.defaults())
        .isEqualTo(
            new ArchiveLimits(
                5_000,
                5_368_709_120L,
                20_000,
                67_108_864,
                268_435_456,
                53_687_091_200L,
                65_536,
                16_777_216));
  }

  @Test
  void takesSettings() {
    assertThat(bind(Map.of("darkroom.limits.max-images", "7")).maxImages()).isEqualTo(7);
  }

  @Test
  void refusesALimitThatLetsNothingThrough() {
    assertThatThrownBy(() -> bind(Map.of("darkroom.limits.max-zip-bytes", "0")))
        .hasRootCauseMessage("darkroom.limits.max-zip-bytes must be positive, not 0");
  }

  @Test
  void holdsTextToItsOwnLimit() {
    assertThat(ArchiveLimits.defaults().maxBytes(EntryKind.TEXT)).isEqualTo(65_536);
    assertThat(ArchiveLimits.defaults().maxBytes(EntryKind.IMAGE)).isEqualTo(268_435_456);
  }

  @Test
  void letsAMetadataFileHoldManyCaptions() {
    assertThat(ArchiveLimits.defaults().forMetadata().maxBytes(EntryKind.TEXT))
        .isEqualTo(16_777_216);
  }

  private static ArchiveLimits bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("darkroom.limits", ArchiveLimits.class);
  }
}
