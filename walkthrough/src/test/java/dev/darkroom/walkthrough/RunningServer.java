package dev.darkroom.walkthrough;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A server that a block of a document has started.
final class RunningServer implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("is ready: (http://\\S+)");

  private final Process process;
  private final String url;

  private RunningServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /// Runs the block, and waits until the server says where it is.
  static RunningServer start(Workplace workplace, CodeBlock block) throws IOException {
    var process = workplace.shell("-eu", "-c", block.text()).start();
    BufferedReader output = process.inputReader();
    var seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      var ready = READY.matcher(line);
      if (ready.find()) {
        // Read on, so that the server never waits for a reader.
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return new RunningServer(process, ready.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("%s started no server:\n%s".formatted(block.place(), seen));
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    // The shell has become the server, or waits for it; what the server has started, it ends.
    process.children().filter(RunningServer::isJava).forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    descendants.forEach(descendant -> descendant.onExit().join());
  }

  private static boolean isJava(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("java");
  }
}
