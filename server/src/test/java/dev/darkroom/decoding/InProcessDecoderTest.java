package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.Decoding.Damaged;
import dev.darkroom.image.Decoding.Decoded;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import dev.darkroom.samples.SampleImages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real libvips; without one these tests are skipped, and say so.
class InProcessDecoderTest {

  private static final ImageHeader HEADER = new ImageHeader(ImageFormat.JPEG, 1300, 1040, 1, false);
  private static final byte[] JPEG = SampleImages.jpeg(1300, 1040);

  @TempDir private static Path crashes;
  private static ImageDecoder inProcess;

  @BeforeAll
  static void start() {
    inProcess = Decoders.open(crashes, 0);
    assumeTrue(
        inProcess instanceof InProcessDecoder,
        "NOT TESTED: decoding by libvips in this process. Run `npm ci` in runtime/.");
  }

  @AfterAll
  static void stop() {
    inProcess.close();
  }

  @Test
  void findsWhatAChildProcessFinds() {
    try (var pool = Decoders.open(crashes, 1)) {
      var here = (Decoded) decode(inProcess, JPEG);
      var there = (Decoded) decode(pool, JPEG);
      assertThat(here.perceptualHash()).isEqualTo(there.perceptualHash());
      assertThat(here.rendition().toArray(JAVA_BYTE))
          .isEqualTo(there.rendition().toArray(JAVA_BYTE));
    }
  }

  @Test
  void drawsAnewWhatAChildProcessDraws() {
    try (var pool = Decoders.open(crashes, 1);
        var arena = Arena.ofShared()) {
      var redraw = new Redraw(1500, 1500, 1 << 24);
      var image = MemorySegment.ofArray(JPEG);
      var here = (Redrawing.Redrawn) inProcess.redraw(image, HEADER, redraw, arena);
      var there = (Redrawing.Redrawn) pool.redraw(image, HEADER, redraw, arena);
      assertThat(here.image().toArray(JAVA_BYTE)).isEqualTo(there.image().toArray(JAVA_BYTE));
    }
  }

  @Test
  void takesAnImageThatLiesOnTheHeap() {
    var decoding = inProcess.decode(MemorySegment.ofArray(JPEG), HEADER, Decoder.THUMBNAIL_SIDE);
    assertThat(decoding).isInstanceOf(Decoded.class);
  }

  /// What libvips warns of is of the whole process, and must be told of the right image.
  @Test
  void blamesNoImageForTheDamageOfAnother() throws ExecutionException, InterruptedException {
    byte[] half = SampleImages.truncated(JPEG, 0.5);
    List<Future<Decoding>> sound = new ArrayList<>();
    List<Future<Decoding>> damaged = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 20; n++) {
        sound.add(threads.submit(() -> decode(inProcess, JPEG)));
        damaged.add(threads.submit(() -> decode(inProcess, half)));
      }
    }
    for (var each : sound) assertThat(each.get()).isInstanceOf(Decoded.class);
    for (var each : damaged) assertThat(each.get()).isInstanceOf(Damaged.class);
  }

  @Test
  void isNotChosenWithANumberOfChildrenThatMakesNoSense() {
    assertThatThrownBy(() -> new DecoderSettings(-1))
        .hasMessage("darkroom.decoder.children is -1; it must be 0 to 256");
    assertThat(new DecoderSettings(null).orOneForEachCore())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  private static Decoding decode(Decoder decoder, byte[] jpeg) {
    try (var arena = Arena.ofConfined()) {
      return decoder.decode(arena.allocateFrom(JAVA_BYTE, jpeg), HEADER, Decoder.THUMBNAIL_SIDE);
    }
  }
}
