package dev.darkroom.sentimage;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentImagesTest {

  private static final byte[] BYTES = new byte[300_000];

  private static TestServer server;

  @BeforeAll
  static void start() {
    new Random(1).nextBytes(BYTES);
    server = TestServer.start(Map.of("darkroom.fetch.allow-addresses", "127.0.0.1/32"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void givesEveryByteOutsideTheHeap() throws Exception {
    var base64 = SentImage.ofBase64("data:image/png;base64," + encoded()).orElseThrow();
    try (var source = ZipServer.serving(BYTES)) {
      var remote = new SentImage.Remote(SourceUrl.parse(source.url()));
      for (var image : new SentImage[] {base64, remote}) {
        byte[] seen =
            images(Clock.systemUTC())
                .look(
                    image,
                    bytes -> {
                      assertThat(bytes.isNative()).isTrue();
                      return bytes.toArray(JAVA_BYTE);
                    });
        assertThat(seen).isEqualTo(BYTES);
      }
    }
  }

  @Test
  void takesNoOtherTextForBase64() {
    assertThat(SentImage.ofBase64("a b!")).isEmpty();
    assertThat(SentImage.ofBase64("data:image/png,abcd")).isEmpty();
  }

  /// Each look at the clock finds it half a minute later.
  @Test
  void waitsForNoSourceThatTrickles() {
    var now = new AtomicReference<>(Instant.EPOCH);
    InstantSource flying = () -> now.getAndUpdate(t -> t.plus(Duration.ofSeconds(30)));
    try (var source = ZipServer.serving(BYTES)) {
      var image = new SentImage.Remote(SourceUrl.parse(source.url()));
      var images = images(flying.withZone(ZoneOffset.UTC));
      assertThatThrownBy(() -> images.look(image, bytes -> bytes))
          .isInstanceOfSatisfying(
              FailureException.class,
              failed -> {
                assertThat(failed.failure()).isInstanceOf(SentImageFailure.TooSlow.class);
                assertThat(failed.failure().message()).contains("40 s").doesNotContain("secret");
              });
    }
  }

  private static SentImages images(Clock clock) {
    return new SentImages(
        server.bean(VettedHttp.class),
        server.bean(NodeMemory.class),
        server.bean(ArchiveLimits.class),
        clock);
  }

  private static String encoded() {
    return Base64.getMimeEncoder().encodeToString(BYTES);
  }
}
