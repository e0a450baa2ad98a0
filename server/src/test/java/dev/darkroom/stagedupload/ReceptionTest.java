package dev.darkroom.stagedupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestDatabase;
import dev.darkroom.TestServer;
import dev.darkroom.provider.SettableClock;
import dev.darkroom.storage.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// Connections that break, stall, trickle and come twice, at both kinds of store and on two nodes.
class ReceptionTest {

  private static final int PIECE = Reception.PIECE_BYTES;
  private static final byte[] BYTES = random(2 * PIECE + 1_000_000);

  private static S3Server s3;

  @TempDir Path folder;

  @TestConfiguration(proxyBeanMethods = false)
  static class Clocks {

    @Bean
    @Primary
    SettableClock settableClock() {
      return new SettableClock();
    }
  }

  @BeforeAll
  static void start() {
    s3 = S3Server.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(36).nextBytes(bytes);
    return bytes;
  }

  private Map<String, String> store(String kind) {
    Map<String, String> properties =
        kind.equals("bucket")
            ? s3.properties()
            : new HashMap<>(Map.of("darkroom.store", folder.resolve("objects").toString()));
    properties.put("darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef");
    return properties;
  }

  private static void awaitOffset(TusClient tus, String path, long offset) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(tus.offset(path)).isEqualTo(offset));
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "bucket"})
  void whatCameBeforeABreakIsKeptAndAnotherNodeGoesOn(String kind) throws Exception {
    var properties = store(kind);
    try (var database = TestDatabase.create();
        var one = TestServer.startOn(database, properties);
        var other = TestServer.startOn(database, properties)) {
      var tus = TusClient.of(one);
      var path = tus.begin(BYTES.length);
      int cut = PIECE + 123_456;
      try (var raw = RawUpload.begin(one.baseUrl(), path, 0, BYTES.length)) {
        raw.send(BYTES, 0, cut);
        raw.cut();
        awaitOffset(TusClient.of(other), path, cut);
      }
      var rest = TusClient.of(other).patch(path, BYTES, cut, BYTES.length);
      assertThat(rest.status()).as(rest.text()).isEqualTo(204);
      assertThat(StagedBytes.of(one, TusClient.id(path))).isEqualTo(BYTES);
      assertRangesAreRight(other, TusClient.id(path));
    }
  }

  private static void assertRangesAreRight(TestServer server, long id) throws Exception {
    var archive = server.bean(StagedUploads.class).open(id);
    assertThat(archive.length()).isEqualTo(BYTES.length);
    int cut = PIECE + 123_456;
    for (int around : List.of(0, PIECE, cut, cut + PIECE, BYTES.length)) {
      int from = Math.max(0, around - 1000);
      int to = Math.min(BYTES.length, around + 1000);
      try (var bytes = archive.open(from, to - from)) {
        assertThat(bytes.readAllBytes()).isEqualTo(Arrays.copyOfRange(BYTES, from, to));
      }
    }
    try (var nothing = archive.open(PIECE, 0)) {
      assertThat(nothing.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "bucket"})
  void theLatestOfTwoRequestsTakesOverAndNoByteOfTheOtherIsTaken(String kind) throws Exception {
    var properties = store(kind);
    try (var database = TestDatabase.create();
        var one = TestServer.startOn(database, properties);
        var other = TestServer.startOn(database, properties)) {
      var tus = TusClient.of(other);
      var path = tus.begin(BYTES.length);
      var stale = new byte[BYTES.length];
      System.arraycopy(BYTES, 0, stale, 0, PIECE);
      try (var laptop = RawUpload.begin(one.baseUrl(), path, 0, stale.length)) {
        // A piece of it is stored, and half of another is under way.
        laptop.send(stale, 0, PIECE + PIECE / 2);
        awaitOffset(tus, path, PIECE);
        var second = tus.patch(path, BYTES, PIECE, PIECE + 1000);
        assertThat(second.header("Upload-Offset")).hasValue(Integer.toString(PIECE + 1000));
        laptop.send(stale, PIECE + PIECE / 2, 2 * PIECE);
        var answer = laptop.answer();
        assertThat(answer)
            .startsWith("HTTP/1.1 409 ")
            .contains("staged-upload.taken-over")
            .contains("Upload-Offset: " + (PIECE + 1000));
      }
      assertThat(tus.offset(path)).isEqualTo(PIECE + 1000);
      var rest = tus.patch(path, BYTES, PIECE + 1000, BYTES.length);
      assertThat(rest.status()).as(rest.text()).isEqualTo(204);
      assertThat(StagedBytes.of(other, TusClient.id(path))).isEqualTo(BYTES);
    }
  }

  @Test
  void ofManyRequestsAtOnceTheBytesAreThoseOfOneAfterTheOther() throws Exception {
    try (var server = TestServer.start()) {
      var tus = TusClient.of(server);
      var path = tus.begin(BYTES.length);
      List<RawUpload> raws = new ArrayList<>();
      for (int n = 0; n < 10; n++) {
        long offset = tus.offset(path);
        var raw = RawUpload.begin(server.baseUrl(), path, offset, BYTES.length - offset);
        raws.add(raw);
        raw.send(BYTES, (int) offset, (int) Math.min(BYTES.length, offset + 1_500_000));
        if (n % 2 == 0) raw.cut();
      }
      for (var raw : raws) raw.close();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            int offset = (int) tus.offset(path);
            tus.patch(path, BYTES, offset, Math.min(BYTES.length, offset + 500_000));
            return tus.offset(path) == BYTES.length;
          });
      assertThat(StagedBytes.of(server, TusClient.id(path))).isEqualTo(BYTES);
    }
  }

  @Nested
  class Connections {

    @Test
    void underAChecksumCountAsAWhole() throws Exception {
      try (var server = TestServer.start()) {
        var tus = TusClient.of(server);
        var path = tus.begin(1000);
        var checksum = "sha1 " + Base64.getEncoder().encodeToString(new byte[20]);
        try (var raw =
            RawUpload.begin(
                server.baseUrl(), path, 0, "Content-Length: 1000\nUpload-Checksum: " + checksum)) {
          raw.send(BYTES, 0, 900);
          raw.cut();
          raw.answer();
        }
        assertThat(tus.offset(path)).isZero();
      }
    }

    @Test
    void onWhichNothingComesEndAndWhatCameIsKept() throws Exception {
      try (var server = TestServer.start(Map.of("server.tomcat.connection-timeout", "500ms"))) {
        var tus = TusClient.of(server);
        var path = tus.begin(1000);
        try (var raw = RawUpload.begin(server.baseUrl(), path, 0, 1000)) {
          raw.send(BYTES, 0, 300);
          assertThat(raw.answer()).startsWith("HTTP/1.1 408 ").contains("request.timed-out");
        }
        assertThat(tus.offset(path)).isEqualTo(300);
      }
    }

    @Test
    void thatAreSlowAreStoredFromAndThoseThatTrickleEnd() throws Exception {
      try (var server = TestServer.start(Map.of(), Clocks.class)) {
        var clock = server.bean(SettableClock.class);
        var tus = TusClient.of(server);
        var path = tus.begin(BYTES.length);
        try (var raw = RawUpload.begin(server.baseUrl(), path, 0, BYTES.length)) {
          var sent = new AtomicInteger(1_000_000);
          raw.send(BYTES, 0, sent.get());
          await()
              .until(() -> {
                passWithAByte(clock, raw, sent);
                return tus.offset(path) >= 1_000_000;
              });
          await()
              .until(() -> {
                if (!raw.isAnswered()) passWithAByte(clock, raw, sent);
                return raw.isAnswered();
              });
          assertThat(raw.answer())
              .startsWith("HTTP/1.1 408 ")
              .contains("staged-upload.too-slow")
              .contains("Upload-Offset: " + tus.offset(path));
          assertThat(tus.offset(path)).isBetween(1_000_001L, sent.longValue());
        }
      }
    }

    private static void passWithAByte(SettableClock clock, RawUpload raw, AtomicInteger sent)
        throws IOException {
      clock.advance(Inflow.AT_MOST);
      raw.send(BYTES, sent.get(), sent.incrementAndGet());
    }

    @Test
    void thatSendForWhatIsTerminatedAreToldSo() throws Exception {
      try (var server = TestServer.start()) {
        var tus = TusClient.of(server);
        var path = tus.begin(1000);
        try (var raw = RawUpload.begin(server.baseUrl(), path, 0, 1000)) {
          raw.send(BYTES, 0, 300);
          await().until(() -> writers(server) > 0);
          assertThat(tus.delete(path).status()).isEqualTo(204);
          raw.send(BYTES, 300, 1000);
          raw.cut();
          assertThat(raw.answer()).startsWith("HTTP/1.1 404 ").contains("staged-upload.not-found");
        }
      }
    }

    private static int writers(TestServer server) {
      return server
          .jdbc()
          .sql("SELECT max(writer) FROM staged_upload")
          .query((row, _) -> row.getInt(1))
          .single();
    }

    @Test
    void endWithTheirNodeAndWhatCameIsKept() throws Exception {
      try (var server = TestServer.start()) {
        var tus = TusClient.of(server);
        var path = tus.begin(1000);
        try (var raw = RawUpload.begin(server.baseUrl(), path, 0, 1000)) {
          raw.send(BYTES, 0, 300);
          server.bean(Reception.class).stop();
          raw.send(BYTES, 300, 400);
          assertThat(raw.answer())
              .startsWith("HTTP/1.1 503 ")
              .contains("staged-upload.server-stopping");
        }
        assertThat(tus.offset(path)).isBetween(300L, 400L);
      }
    }
  }
}
