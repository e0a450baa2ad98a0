package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Request;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A child process that speaks the decoder's protocol and does what the first byte of an image
/// says.
public final class MisbehavingChild {

  static final byte BEHAVE = 'b';
  static final byte CHATTER = 't';
  static final byte CRASH = 'c';
  static final byte CRASH_ONCE = 'o';
  static final byte EXIT = 'e';
  static final byte HANG = 'h';
  static final byte EXHAUST_MEMORY = 'x';
  static final byte BABBLE = 'l';
  static final byte RUN_OUT_OF_MEMORY = 'm';
  static final byte STOP_READING = 's';

  private MisbehavingChild() {}

  /// The command line that starts one.
  ///
  /// @param folder for its crash reports, and for what it has to remember between two lives
  static List<String> words(Path folder, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("hs_%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dcrashed.once=" + folder.resolve("once"),
                "-cp",
                System.getProperty("java.class.path"),
                MisbehavingChild.class.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  public static void main(String[] arguments) throws IOException {
    var input = new DataInputStream(System.in);
    var output = new DataOutputStream(System.out);
    if (arguments.length > 0) {
      new Reply.Unavailable(arguments[0]).write(output);
      return;
    }
    new Reply.Ready("pid " + ProcessHandle.current().pid()).write(output);
    while (true) {
      var request = Request.read(input);
      byte behaviour = input.readByte();
      if (behaviour == STOP_READING) hang();
      input.skipNBytes(request.length() - 1);
      behave(behaviour, output);
    }
  }

  @SuppressWarnings("restricted")
  private static void behave(byte behaviour, DataOutputStream output) throws IOException {
    switch (behaviour) {
      case CHATTER -> {
        System.err.println("a warning of no use\n".repeat(20_000));
        behave(BEHAVE, output);
      }
      case CRASH -> MemorySegment.ofAddress(1).reinterpret(8).set(JAVA_BYTE, 0, behaviour);
      case CRASH_ONCE -> {
        if (Path.of(System.getProperty("crashed.once")).toFile().createNewFile()) System.exit(1);
        behave(BEHAVE, output);
      }
      case EXIT -> {
        System.err.println("last words");
        System.exit(3);
      }
      case EXHAUST_MEMORY -> exhaustMemory();
      case HANG -> hang();
      case BABBLE -> output.writeBytes("Segmentation what?\n");
      case RUN_OUT_OF_MEMORY -> new Reply.Fault("out of memory").write(output);
      default -> new Reply.Damaged("pid " + ProcessHandle.current().pid()).write(output);
    }
  }

  /// Allocates until there is no more, as a picture does that inflates past all bounds.
  private static void exhaustMemory() {
    byte[][] held = new byte[1_000][16 << 20];
    System.err.println(held.length + " times 16 MB were to be had");
  }

  private static void hang() {
    while (true) LockSupport.park();
  }
}
