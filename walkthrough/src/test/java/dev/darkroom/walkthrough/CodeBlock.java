package dev.darkroom.walkthrough;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A fenced block of a document.
///
/// @param line where its fence is
/// @param language what the fence says: `sh` is run, `console` holds commands that are not
record CodeBlock(String document, int line, String language, String text) {

  private static final String FENCE = "```";

  static List<CodeBlock> of(String document) throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = Documents.lines(document);
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).startsWith(FENCE)) continue;
      int end = at + 1;
      while (!lines.get(end).equals(FENCE)) end++;
      String language = lines.get(at).substring(FENCE.length());
      blocks.add(
          new CodeBlock(
              document, at + 1, language, String.join("\n", lines.subList(at + 1, end)) + "\n"));
      at = end;
    }
    return blocks;
  }

  boolean isRun() {
    return language.equals("sh");
  }

  boolean startsAServer() {
    return text.contains("./darkroom serve");
  }

  String place() {
    return document + ":" + line;
  }
}
