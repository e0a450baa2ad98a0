package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.archive.ArchiveFailure.NotAZip;
import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchFailure;
import dev.darkroom.fetch.VettedHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class SourceProbeTest {

  private static final byte[] ZIP = TestZip.with(file("a.jpg", "x".repeat(9_000)).stored()).bytes();

  private final VettedHttp http = Http.open();
  private final ZipServer server = ZipServer.serving(ZIP);

  @AfterEach
  void close() throws IOException {
    server.close();
    http.close();
  }

  @Test
  void tellsLengthVersionAndRangesFromOneSmallGet() {
    SourceProbe probe = probe();
    assertThat(probe.rangesWork()).isTrue();
    assertThat(probe.version().length()).isEqualTo(ZIP.length);
    assertThat(probe.version().etag()).isEqualTo("\"v1\"");
    assertThat(probe.version().lastModified()).isEqualTo("Tue, 26 May 2026 12:00:00 GMT");
    assertThat(probe.mediaType()).isEqualTo("application/zip");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().method()).isEqualTo("GET");
    assertThat(server.requests().getFirst().range()).isEqualTo("bytes=0-4095");
  }

  @Test
  void findsThatRangesDoNotWork() {
    server.ignoreRanges();
    assertThat(probe().rangesWork()).isFalse();
    assertThat(probe().version().length()).isEqualTo(ZIP.length);
    server.withoutLength();
    assertThat(probe().version().length()).isEqualTo(-1);
  }

  @Test
  void doesNotReadByRangesWhatTellsNoTotal() {
    server.withoutTotal();
    assertThat(probe().rangesWork()).isFalse();
  }

  @Test
  void leavesAWeakTagAside() {
    server.etag("W/\"v1\"");
    assertThat(probe().version().etag()).isNull();
  }

  @Test
  void refusesAPage() {
    server.html();
    Failure failure = failure();
    assertThat(failure).isEqualTo(new NotAZip("text/html; charset=utf-8", 37L));
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.message()).contains("text/html", "37 bytes", "Google Drive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Error/>",
        "  \r\n<html>",
        "{\"error\":1}",
        "\n {",
        "\uFEFF<x>",
        "\uFEFF {\"a\":1}",
        ""
      })
  void refusesABodyThatIsPlainlyNoZip(String body) {
    server.replaceWith(TestZip.sourceOf(body.getBytes(StandardCharsets.UTF_8)), null);
    assertThat(failure()).isInstanceOf(NotAZip.class);
    server.ignoreRanges().withoutLength();
    assertThat(failure()).isInstanceOf(NotAZip.class);
  }

  @Test
  void acceptsASelfExtractorAndAnUnknownMediaType() {
    server
        .contentType("text/plain")
        .replaceWith(TestZip.sourceOf("MZ<{".getBytes(StandardCharsets.UTF_8)), null);
    assertThat(probe().rangesWork()).isTrue();
  }

  @Test
  void refusesAnArchiveOverTheLimitByItsLength() {
    long length = (5L << 30) + 1;
    server.replaceWith(new SparseSource(length, Map.of(0L, new byte[] {'P', 'K'})), null);
    Failure failure = failure();
    assertThat(failure).isEqualTo(new ZipTooLarge(length, 5_368_709_120L));
    assertThat(failure.status()).isEqualTo(413);
    server.ignoreRanges();
    assertThat(failure()).isInstanceOf(ZipTooLarge.class);
  }

  @Test
  void acceptsAnArchiveExactlyAtTheLimit() {
    server.replaceWith(new SparseSource(5L << 30, Map.of(0L, new byte[] {'P', 'K'})), null);
    assertThat(probe().version().length()).isEqualTo(5L << 30);
  }

  @Test
  void leavesWhatTheSourceAnswersToTheFetcher() {
    server.expire();
    assertThat(failure()).isInstanceOf(FetchFailure.BadStatus.class);
    assertThat(failure().status()).isEqualTo(400);
  }

  @Test
  void keepsToItsDeadline() {
    server.stallAfter(0);
    Failure failure =
        catchThrowableOfType(
                FailureException.class,
                () ->
                    SourceProbe.probe(
                        http, Http.url(server), Duration.ofMillis(300), ArchiveLimits.defaults()))
            .failure();
    assertThat(failure).isInstanceOf(FetchFailure.TimedOut.class);
  }

  @Test
  void aVersionSurvivesBeingKeptAsJson() {
    var mapper = JsonMapper.builder().build();
    for (var version : new SourceVersion[] {probe().version(), new SourceVersion(null, null, -1)}) {
      String json = mapper.writeValueAsString(version);
      assertThat(mapper.readValue(json, SourceVersion.class)).isEqualTo(version);
    }
  }

  private SourceProbe probe() {
    return SourceProbe.probe(
        http, Http.url(server), Duration.ofSeconds(10), ArchiveLimits.defaults());
  }

  private Failure failure() {
    return catchThrowableOfType(FailureException.class, this::probe).failure();
  }
}
