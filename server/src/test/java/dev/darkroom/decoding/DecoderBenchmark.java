package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What it costs that images are decoded in child processes: the throughput of one child, and of
/// one for each core, as ratios to that of libvips in this process. The three take turns, so that
/// whatever else the machine does slows all of them down.
final class DecoderBenchmark {

  private static final int ROUNDS = 12;
  private static final int IMAGES = 100;
  private static final int SIDE = 1024;

  private DecoderBenchmark() {}

  /// Prints the three times and the two ratios.
  ///
  /// @param arguments a JPEG of 1024 x 1024 to decode; one is made where none is named
  public static void main(String[] arguments) throws Exception {
    byte[] jpeg =
        arguments.length > 0
            ? Files.readAllBytes(Path.of(arguments[0]))
            : SampleImages.jpeg(SIDE, SIDE);
    int cores = Runtime.getRuntime().availableProcessors();
    Path crashes = Files.createTempDirectory("decoder-benchmark");
    try (var inProcess = Decoders.open(crashes, 0);
        var oneChild = Decoders.open(crashes, 1);
        var children = Decoders.open(crashes, cores);
        var memory = Arena.ofShared()) {
      var image = memory.allocateFrom(JAVA_BYTE, jpeg);
      run(List.of(inProcess, oneChild, children), cores, image);
    } finally {
      Files.deleteIfExists(crashes);
    }
  }

  private static void run(List<Decoder> decoders, int cores, MemorySegment image) throws Exception {
    Duration[] times = {Duration.ZERO, Duration.ZERO, Duration.ZERO};
    for (var decoder : decoders) decodeAll(decoder, cores, image);
    for (int round = 0; round < ROUNDS; round++) {
      for (int n = 0; n < times.length; n++) {
        times[n] = times[n].plus(decodeAll(decoders.get(n), cores, image));
      }
    }
    System.out.printf(
        "%d bytes a JPEG, %d images each%nin this process  %.2f ms an image%none child        %.2f ms an image, %.2f of its throughput%n%d children       %.2f ms an image, %.2f of its throughput%n",
        image.byteSize(),
        ROUNDS * IMAGES,
        milliseconds(times[0]),
        milliseconds(times[1]),
        ratio(times[0], times[1]),
        cores,
        milliseconds(times[2]),
        ratio(times[0], times[2]));
  }

  private static Duration decodeAll(Decoder decoder, int threads, MemorySegment image)
      throws Exception {
    long began = System.nanoTime();
    try (var callers = Executors.newFixedThreadPool(threads)) {
      List<Future<Decoding>> decodings = new ArrayList<>();
      for (int n = 0; n < IMAGES; n++) {
        decodings.add(callers.submit(() -> decode(decoder, image)));
      }
      for (var decoding : decodings) {
        if (!(decoding.get() instanceof Decoding.Decoded)) {
          throw new IOException("not decoded: " + decoding.get());
        }
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Decoding decode(Decoder decoder, MemorySegment image) {
    var header = new ImageHeader(ImageFormat.JPEG, SIDE, SIDE, 1, false);
    return decoder.decode(image, header, Decoder.THUMBNAIL_SIDE);
  }

  private static double milliseconds(Duration time) {
    return time.toNanos() / 1e6 / (ROUNDS * IMAGES);
  }

  private static double ratio(Duration base, Duration other) {
    return (double) base.toNanos() / other.toNanos();
  }
}
