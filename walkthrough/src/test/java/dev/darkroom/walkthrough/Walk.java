package dev.darkroom.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Documents that are followed in one shell, one after the other, with one fresh server: a later
/// block finds the variables and the datasets of those before it.
///
/// @param byHand what the reader has done with the mouse, after the server was started
record Walk(List<String> documents, String byHand) {

  Walk {
    documents = List.copyOf(documents);
  }

  Walk(String... documents) {
    this(List.of(documents), "");
  }

  List<CodeBlock> blocks() throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    for (String document : documents) {
      CodeBlock.of(document).stream().filter(CodeBlock::isRun).forEach(blocks::add);
    }
    return blocks;
  }

  /// Follows the documents to their end; what was written, and it fails with the place where not.
  String follow(Workplace workplace) throws IOException, InterruptedException {
    var blocks = blocks();
    var serve = blocks.stream().filter(CodeBlock::startsAServer).toList();
    assertThat(serve).as("blocks that start a server").hasSize(1);
    blocks.removeAll(serve);
    try (var server = RunningServer.start(workplace, serve.getFirst())) {
      return run(workplace, server, script(blocks, stands(workplace, server)));
    }
  }

  /// What stands in the documents for something of the reader's own.
  private static Map<String, String> stands(Workplace workplace, RunningServer server) {
    return Map.of(
        "http://127.0.0.1:8080", server.url(),
        "http://localhost:8080", server.url(),
        "https://example.com/shoot-1.zip", workplace.zipUrl());
  }

  private String script(List<CodeBlock> blocks, Map<String, String> stands) {
    var script = new StringBuilder("set -eu\n");
    if (!byHand.isEmpty()) script.append("echo '--- by hand'\n").append(byHand);
    for (CodeBlock block : blocks) {
      script.append("echo '--- %s'\n".formatted(block.place())).append(block.text());
    }
    String text = script.toString();
    for (var stand : stands.entrySet()) text = text.replace(stand.getKey(), stand.getValue());
    return text;
  }

  private static String run(Workplace workplace, RunningServer server, String script)
      throws IOException, InterruptedException {
    Path file = Files.writeString(workplace.folder().resolve("walk.sh"), script);
    Path output = workplace.folder().resolve("walk.log");
    var shell = workplace.shell(file.toString());
    shell.environment().put("DARKROOM_URL", server.url());
    var process =
        shell.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String written = Files.readString(output);
    assertThat(ended).as("it ends:\n" + written).isTrue();
    assertThat(process.exitValue()).as(written).isZero();
    return written;
  }
}
