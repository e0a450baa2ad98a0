package dev.darkroom.decoding;

import dev.darkroom.decoder.DecoderMain;
import dev.darkroom.decoder.VipsLocation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a decoder's child process is started, and how long it may take over one image.
///
/// @param words the command line
/// @param timeout after which a silent child is killed; its start counts as one image
record DecoderCommand(List<String> words, Duration timeout) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// A small heap, since images are kept outside of it; quick to start; nothing but frames on the
  /// standard output; no core dumps of users' images. The two sizes are address space that Java
  /// would reserve by the gigabyte, at the cost of the images under [Confinement]'s limit.
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:CompressedClassSpaceSize=32m",
          "-XX:ReservedCodeCacheSize=32m",
          "-XX:-UsePerfData",
          "-XX:+DisplayVMOutputToStderr",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED");

  DecoderCommand {
    words = List.copyOf(words);
  }

  /// The decoder with the libvips of `vips`, confined as far as the system lets us; reports of its
  /// crashes go to `crashes`, a folder.
  static DecoderCommand of(VipsLocation vips, Path crashes) {
    List<String> words = new ArrayList<>(Confinement.ofSystem().prefix());
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JAVA_OPTIONS);
    words.add("-XX:ErrorFile=" + crashes.toAbsolutePath().resolve("hs_%p.log"));
    words.addAll(vips.javaOptions());
    words.addAll(List.of("-cp", classPath(), DecoderMain.class.getName()));
    return new DecoderCommand(words, TIMEOUT);
  }

  /// The jar, or in development the folder, that holds the decoder and nothing else.
  private static String classPath() {
    try {
      var source = DecoderMain.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
