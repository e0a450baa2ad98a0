package dev.darkroom.stagedupload;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.ChildJvm;
import dev.darkroom.TestServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.bulkupload.WorkerNode;
import dev.darkroom.samples.SampleImages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An upload whose client and whose server are each killed five times, as by `kill -9`, in the
/// middle of a request. `-Dtus.bytes=1000000000` makes it a longer one.
class UploadKillTest {

  private static final Logger log = LoggerFactory.getLogger(UploadKillTest.class);
  private static final long BYTES = Long.getLong("tus.bytes", 64_000_000);
  private static final int KILLS = 10;
  private static final int IMAGES = 20;
  private static final Pattern PORT = Pattern.compile("is ready: http://localhost:(\\d+)");
  private static final Pattern OFFSET = Pattern.compile("goes on at (\\d+)");

  @TempDir Path folder;

  @Test
  void arrivesAsItWasSentHoweverOftenEitherSideIsKilled() throws IOException {
    Path zip = zip();
    long length = Files.size(zip);
    // One node looks at what is stored; the other, a process of its own, is killed.
    try (var looking = TestServer.start(WorkerNode.SHARED)) {
      looking.bean(Scheduler.class).pause();
      var tus = TusClient.of(looking);
      var path = tus.begin(length);
      List<Long> lost = new ArrayList<>();
      long began = System.nanoTime();
      var node = node(looking);
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          long target = length * kill / (KILLS + 1) / (1 << 20);
          try (var client = client(node, path, zip)) {
            client.jvm().awaitLine("past " + target + " MB");
            if (kill % 2 == 0) {
              client.jvm().kill();
            } else {
              node.jvm().kill();
              node = node(looking);
            }
          }
          lost.add((target << 20) - tus.offset(path));
        }
        try (var client = client(node, path, zip)) {
          client.jvm().awaitLine("answered HTTP/1.1 204");
        }
        log.info(
            "{} bytes in {} s; had been sent and was not kept at each kill: {}",
            length,
            (System.nanoTime() - began) / 1_000_000_000,
            lost);
        assertThat(tus.offset(path)).isEqualTo(length);
        try (var sent = Files.newInputStream(zip)) {
          assertThat(StagedBytes.sha256(looking, TusClient.id(path)))
              .isEqualTo(StagedBytes.sha256(sent));
        }
        assertUsable(new UploadClient(looking), TusClient.id(path));
      } finally {
        node.jvm().close();
      }
    }
  }

  private static void assertUsable(UploadClient client, long uploadId) {
    long dataset = client.dataset("fibo");
    var accepted =
        client
            .api()
            .post(UploadClient.path(dataset, "/images/bulk-upload"), Map.of("upload_id", uploadId));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    var status = client.awaitEnd(dataset);
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isEqualTo(IMAGES);
  }

  /// A process, and the port that it serves or talks to.
  private record Running(ChildJvm jvm, int port) implements AutoCloseable {
    @Override
    public void close() {
      jvm.close();
    }
  }

  private static Running node(TestServer looking) {
    var jvm = WorkerNode.start(looking, "killed", "-Ddb-scheduler.heartbeat-interval=500ms");
    var ready = PORT.matcher(jvm.awaitLine("is ready"));
    assertThat(ready.find()).isTrue();
    return new Running(jvm, Integer.parseInt(ready.group(1)));
  }

  private static Running client(Running node, String path, Path zip) {
    var jvm =
        ChildJvm.start(UploadingClient.class, Integer.toString(node.port()), path, zip.toString());
    var goesOn = OFFSET.matcher(jvm.awaitLine("goes on at"));
    assertThat(goesOn.find()).isTrue();
    return new Running(jvm, node.port());
  }

  /// Images at both ends, and between them bytes that no two places have the same of.
  private Path zip() throws IOException {
    Path file = folder.resolve("shoot.zip");
    var random = new Random(5);
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int n = 0; n < IMAGES; n++) {
        if (n == IMAGES / 2) fill(zip, random);
        add(zip, "%02d.png".formatted(n), SampleImages.png(64 + n, 64));
      }
    }
    return file;
  }

  private static void fill(ZipOutputStream zip, Random random) throws IOException {
    var bytes = new byte[8_000_000];
    for (int n = 0; n < BYTES / bytes.length; n++) {
      random.nextBytes(bytes);
      add(zip, "noise/%d.csv".formatted(n), bytes);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var crc = new CRC32();
    crc.update(bytes);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
