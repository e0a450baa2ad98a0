package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.decoding.TestDecoder;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A ZIP in which every image is as large as an image may be.
class LargestImagesTest {

  private static final int MAX_ENTRY_BYTES = 256 << 20;
  private static final int SIDE = 256;
  private static final int IMAGES = 6;

  /// The heap, the budget, and what the JVM takes for itself. Without a budget the images alone
  /// would be more.
  private static final long MOST_RESIDENT_KB = (256 + 512 + 300) << 10;

  @Test
  @Timeout(180)
  void areReadOnASmallHeapWithinTheMemoryBudget(@TempDir Path crashes) throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "NOT TESTED: there is no /proc here");
    // ImageIO, which stands in for it, reads on the heap.
    assumeTrue(
        TestDecoder.hasVips(crashes), "NOT TESTED: images of 256 MB. Run `npm ci` in runtime/.");
    try (var api = TestServer.start(WorkerNode.SHARED);
        var source = ZipServer.serving(zip())) {
      // The work is the other node's, which is a process of its own.
      api.bean(Scheduler.class).pause();
      var client = new UploadClient(api);
      long dataset = client.dataset("fibo");
      try (var worker =
          WorkerNode.start(api, "worker", "-Xmx256m", "-Ddarkroom.decoder.children=1")) {
        worker.awaitLine("is ready");
        JsonNode status = client.upload(dataset, source.url());
        assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(IMAGES);
        assertThat(mostResidentKb(worker.pid())).isLessThan(MOST_RESIDENT_KB);
      }
      assertThat(client.images(dataset))
          .extracting(image -> image.get("size_bytes").asLong())
          .containsOnly((long) MAX_ENTRY_BYTES);
    }
  }

  /// The most memory that the process ever had (VmHWM, proc(5)).
  private static long mostResidentKb(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static TestZip zip() {
    byte[] image = largest();
    return TestZip.with(
        IntStream.range(0, IMAGES).mapToObj(n -> TestEntry.file(n + ".webp", image)).toList());
  }

  /// A small WebP that ends with a chunk that nobody knows, which readers pass over (RFC 9649,
  /// section 2.7). The ZIP's own compression makes it small.
  private static byte[] largest() {
    byte[] small = SampleImages.webp(SIDE, SIDE);
    var webp = ByteBuffer.allocate(MAX_ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    webp.put(small).putInt(4, MAX_ENTRY_BYTES - 8);
    webp.put("more".getBytes(StandardCharsets.US_ASCII)).putInt(webp.remaining() - 4);
    byte[] bytes = new byte[MAX_ENTRY_BYTES];
    webp.rewind().get(bytes);
    return bytes;
  }
}
