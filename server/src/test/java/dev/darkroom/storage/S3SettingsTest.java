package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {

  private static S3Settings settings(
      @Nullable String endpoint, @Nullable String region, @Nullable String accessKey) {
    var secretKey = accessKey == null ? null : "hidden";
    return new S3Settings(endpoint, region, accessKey, secretKey, null, false);
  }

  @Test
  void namesTheBucketInThePathWhereThereIsAnEndpoint() {
    assertThat(settings("http://127.0.0.1:9000", null, "key"))
        .satisfies(s3 -> assertThat(s3.pathStyle()).isTrue())
        .satisfies(s3 -> assertThat(s3.region()).isEqualTo("us-east-1"));
    assertThat(settings(null, "eu-central-1", null).pathStyle()).isFalse();
    assertThat(new S3Settings(" ", "eu-central-1", "", "", null, false))
        .isEqualTo(settings(null, "eu-central-1", null));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000,              us-east-1, endpoint",
    "ftp://127.0.0.1,             us-east-1, endpoint",
    "https://ann:hidden@s3.local, us-east-1, endpoint",
    "https://s3.local?a=hidden,   us-east-1, endpoint",
    ",                            frankfurt, region",
    "https://s3.local,            a b,       region"
  })
  void refusesWhatMakesNoSense(@Nullable String endpoint, String region, String setting) {
    assertThatThrownBy(() -> settings(endpoint, region, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("darkroom.s3." + setting)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void wantsBothKeysOrNone() {
    assertThatThrownBy(() -> new S3Settings(null, null, "key", null, null, false))
        .hasMessageContaining("darkroom.s3.access-key is set and darkroom.s3.secret-key is not");
    assertThatThrownBy(() -> new S3Settings(null, null, null, "hidden", null, false))
        .hasMessageContaining("darkroom.s3.secret-key is set and darkroom.s3.access-key is not")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void showsNoKeys() {
    assertThat(settings("http://127.0.0.1:9000", null, "key-id").toString())
        .contains("127.0.0.1:9000")
        .doesNotContain("hidden", "key-id");
  }
}
