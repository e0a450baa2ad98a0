package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

  @Test
  void keepsTheWholeUrlToTheByte() {
    String signed =
        "https://b.s3.amazonaws.com//a%2Fb%20c.zip?X-Amz-Signature=ab%2Fc%3D&x=%7e#part";

    assertThat(SourceUrl.parse(signed).full())
        .hasToString("https://b.s3.amazonaws.com//a%2Fb%20c.zip?X-Amz-Signature=ab%2Fc%3D&x=%7e");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a.zip?sig=secret#frag, https://h/a.zip",
    "HTTPS://Host.Example:443/A?secret, https://host.example/A",
    "http://h:80/?secret, http://h/",
    "http://h:8080?secret, http://h:8080/",
    "https://h:80/x, https://h:80/x",
    "http://[::1]:9/x?secret, http://[::1]:9/x",
    "http://my_bucket.example.com/x?secret, http://my_bucket.example.com/x",
    "http://münchen.example/ü?secret=ä, http://xn--mnchen-3ya.example/%C3%BC",
  })
  void showsNeitherQueryNorFragment(String text, String shown) {
    SourceUrl url = SourceUrl.parse(text);

    assertThat(url.shown()).isEqualTo(shown);
    assertThat(url).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://h/secret, NOT_HTTP",
    "file:///secret, NOT_HTTP",
    "/secret, NOT_HTTP",
    "//h/secret, NOT_HTTP",
    "http:h, NOT_HTTP",
    "'', NOT_HTTP",
    "' http://h/secret', NOT_HTTP",
    "http:///secret, NO_HOST",
    "https://?secret, NO_HOST",
    "http://:80/secret, NO_HOST",
    "http://user:secret@h/, CREDENTIALS",
    "http://secret@h/, CREDENTIALS",
    "http://@h/secret, CREDENTIALS",
    "http://h:0/secret, BAD_PORT",
    "http://h:65536/secret, BAD_PORT",
    "http://h:123456789/secret, BAD_PORT",
    "http://h:-1/secret, BAD_PORT",
    "http://h:80:80/secret, BAD_PORT",
    "http://%31.2.3.4/secret, BAD_HOST",
    "http://a..b/secret, BAD_HOST",
    "http://h\\@x/secret, CREDENTIALS",
    "http://h\\x/secret, BAD_HOST",
    "http://[fe80::1%25eth0]/secret, BAD_HOST",
    "http://[::1/secret, BAD_HOST",
    "http://[::1]x/secret, BAD_HOST",
    "http://[1:2]/secret, BAD_CHARACTER",
    "http://h/a secret, BAD_CHARACTER",
    "http://h/%zz?secret, BAD_CHARACTER",
    "http://h/?a=|secret, BAD_CHARACTER",
  })
  void refusesWhatCannotBeFetchedFrom(String text, UrlProblem problem) {
    Failure failure = refusal(text);

    assertThat(failure).isEqualTo(new FetchFailure.InvalidUrl(problem));
    assertThat(failure.type()).isEqualTo("source.invalid-url");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.message()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a\nb",
        "http://h/\r\nX: y",
        "http://h/\0",
        "\thttp://h/",
        "http://h/\u0085"
      })
  void refusesControlCharacters(String text) {
    assertThat(refusal(text)).isEqualTo(new FetchFailure.InvalidUrl(UrlProblem.CONTROL_CHARACTER));
  }

  @Test
  void refusesTheFirstCharacterTooMany() {
    String longest = "http://h/" + "a".repeat(SourceUrl.MAX_LENGTH - 9);
    assertThat(SourceUrl.parse(longest).full().toString()).hasSize(8192);

    Failure failure = refusal(longest + "a");

    assertThat(failure.message()).contains("8193").contains("8192");
    assertThat(failure.limit()).isEqualTo(8192);
    assertThat(failure.actual()).isEqualTo(8193);
  }

  @Test
  void everyProblemHasItsOwnSentence() {
    assertThat(UrlProblem.values()).extracting(UrlProblem::sentence).doesNotHaveDuplicates();
  }

  @Test
  void leavesTheTextOutOfEveryException() {
    FailureException refused =
        catchThrowableOfType(
            FailureException.class, () -> SourceUrl.parse("http://h/%zz?sig=secret"));

    assertThat(refused).hasNoCause();
    assertThat(refused.getMessage()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/b?c, d, http://h/a/d",
    "http://h/a/b?c, /d?e, http://h/d?e",
    "http://h/a/b?c, ?e, http://h/a/b?e",
    "http://h/a/b?c, //i:81/d, http://i:81/d",
    "http://h, d, http://h/d",
    "http://h/a, https://i/x%2Fy?z=1, https://i/x%2Fy?z=1",
    "http://h/a, '/b c', http://h/b%20c",
    "http://h/a, /ü, http://h/%C3%BC",
    "http://my_bucket/a, b, http://my_bucket/b",
    "http://h/a/b, ../../../c, http://h/../../c",
  })
  void followsRelativeAndAbsoluteLocations(String base, String location, String target) {
    assertThat(SourceUrl.parse(base).resolve(location).full()).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/",
        "file:///etc/passwd",
        "http://u:p@h/",
        "javascript:1",
        "http://",
        "jar:http://h!/"
      })
  void refusesALocationByTheSameRules(String location) {
    SourceUrl base = SourceUrl.parse("http://h/");

    assertThat(catchThrowableOfType(FailureException.class, () -> base.resolve(location)))
        .isNotNull();
  }

  private static Failure refusal(String text) {
    return Objects.requireNonNull(
            catchThrowableOfType(FailureException.class, () -> SourceUrl.parse(text)))
        .failure();
  }
}
