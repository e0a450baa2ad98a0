package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import dev.darkroom.secret.MasterKey;
import dev.darkroom.secret.SecretSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedUrlsTest {

  private static final String SECRET = "a secret of thirty-two characters or more";

  @ParameterizedTest
  @CsvSource({
    "2026-05-26T12:00:00Z, 2026-05-26T13:00:00Z",
    "2026-05-26T12:00:01Z, 2026-05-26T14:00:00Z",
    "2026-05-26T12:59:59Z, 2026-05-26T14:00:00Z"
  })
  void isValidForOneToTwoHoursUntilAFullHour(Instant now, Instant expiry) {
    assertThat(expires(at(now, SECRET).sign("/a"))).isEqualTo(expiry.getEpochSecond());
  }

  @Test
  void readsTheSameWithinAnHourAndOnEveryNode() {
    var early = at(Instant.parse("2026-05-26T12:00:01Z"), SECRET).sign("/a");
    var late = at(Instant.parse("2026-05-26T12:59:59Z"), SECRET).sign("/a");
    assertThat(late).isEqualTo(early);
  }

  @Test
  void refusesALinkFromTheSecondItExpires() {
    var now = Instant.parse("2026-05-26T12:00:00Z");
    var link = at(now, SECRET).sign("/a");
    assertThat(check(at(now.plusSeconds(3599), SECRET), "/a", link))
        .isEqualTo(now.plusSeconds(3600));
    assertRefused(at(now.plusSeconds(3600), SECRET), "/a", link, StorageFailure.Plain.LINK_EXPIRED);
  }

  @Test
  void refusesALinkToSomethingElseOrOfAnotherServer() {
    var now = Instant.parse("2026-05-26T12:00:00Z");
    var link = at(now, SECRET).sign("/a");
    assertRefused(at(now, SECRET), "/b", link, StorageFailure.Plain.LINK_INVALID);
    assertRefused(at(now, SECRET + "x"), "/a", link, StorageFailure.Plain.LINK_INVALID);
  }

  private static void assertRefused(
      SignedUrls urls, String path, String link, StorageFailure failure) {
    assertThatThrownBy(() -> check(urls, path, link))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  private static Instant check(SignedUrls urls, String path, String link) {
    return urls.check(
        path, link.replaceFirst(".*expires=(\\d+).*", "$1"), link.replaceFirst(".*signature=", ""));
  }

  private static long expires(String link) {
    return Long.parseLong(link.replaceFirst(".*expires=(\\d+).*", "$1"));
  }

  private static SignedUrls at(Instant now, String secret) {
    return new SignedUrls(
        MasterKey.load(new SecretSettings(Path.of("unused"), secret)),
        Clock.fixed(now, ZoneOffset.UTC));
  }
}
