package dev.darkroom.decoding;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What stands before a command to take from its process what it does not need: the network, where
/// a network namespace of its own is to be had, and all address space past a limit.
///
/// @param unshare the words that start a command without a network; empty where none do
record Confinement(List<String> unshare) {

  /// 2 GB. Of them an idle child has 0.5, and the most greedy image that the limits let pass (100
  /// megapixels of 4 x 16 bits, interlaced, in 256 MB) takes 1.1.
  private static final long ADDRESS_SPACE_KB = 2L << 20;

  private static final String LIMIT =
      "ulimit -c 0 2>/dev/null; ulimit -v %d 2>/dev/null; exec \"$@\"".formatted(ADDRESS_SPACE_KB);

  /// As root, or in a container that allows it; else with a user namespace, as an ordinary user.
  private static final List<List<String>> WITHOUT_NETWORK =
      List.of(List.of("unshare", "-n", "--"), List.of("unshare", "-r", "-n", "--"));

  private static final class Found {
    private static final Confinement CONFINEMENT = probe();
  }

  Confinement {
    unshare = List.copyOf(unshare);
  }

  /// What this system allows; found out once.
  static Confinement ofSystem() {
    return Found.CONFINEMENT;
  }

  private static Confinement probe() {
    for (List<String> words : WITHOUT_NETWORK) {
      List<String> command = new ArrayList<>(words);
      command.add("true");
      if (succeeds(command)) return new Confinement(words);
    }
    return new Confinement(List.of());
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> prefix() {
    List<String> prefix = new ArrayList<>(unshare);
    prefix.addAll(List.of("/bin/sh", "-c", LIMIT, "sh"));
    return prefix;
  }
}
