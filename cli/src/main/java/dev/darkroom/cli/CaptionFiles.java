package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.CaptionedDataset.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes captions into a folder, a file for each, or into one file of lines. Nothing is written
/// outside of that folder, and through no link in it; nothing is replaced unless that is wanted,
/// and then nothing is written at all.
record CaptionFiles(Path target, boolean force) {

  CaptionFiles {
    target = target.toAbsolutePath().normalize();
  }

  /// How many captions were written.
  long write(CaptionedDataset dataset) throws IOException {
    return target.toString().endsWith(".jsonl") ? writeLines(dataset) : writeFolder(dataset);
  }

  /// As the server's `captions` download has them.
  private long writeLines(CaptionedDataset dataset) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Image image : dataset.images()) {
      var line = new JsonObject();
      line.put("image_name", image.name());
      line.put("ordinal", image.ordinal());
      line.put("caption", image.caption());
      lines.add(JsonWriter.string(line));
    }
    requireFree(List.of(target));
    Files.write(target, lines);
    return dataset.images().stream().filter(image -> image.caption() != null).count();
  }

  private long writeFolder(CaptionedDataset dataset) throws IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    for (var claim : new CaptionNames(dataset).all()) {
      String caption = claim.image().caption();
      if (caption == null) continue;
      String text = dataset.structured() ? CaptionJson.indented(caption) : caption;
      texts.put(inside(claim.path()), text + "\n");
    }
    requireFree(texts.keySet());
    Files.createDirectories(target);
    for (var entry : texts.entrySet()) {
      makeFolders(entry.getKey());
      write(entry.getKey(), entry.getValue());
    }
    return texts.size();
  }

  private Path inside(String path) {
    Path file = target.resolve(path).normalize();
    if (!file.startsWith(target)) throw new IllegalStateException(path);
    return file;
  }

  private void requireFree(Iterable<Path> files) {
    if (force) return;
    for (Path file : files) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandFailure.Local(
            "%s is there already; nothing was written.".formatted(file),
            "Name another place, or replace what is there by --force.");
      }
    }
  }

  /// Step by step, so that a link in the folder leads nowhere.
  private void makeFolders(Path file) throws IOException {
    Path inside = target.relativize(file);
    Path folder = target;
    for (int i = 0; i < inside.getNameCount() - 1; i++) {
      folder = folder.resolve(inside.getName(i));
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(folder);
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandFailure.Local(
            "%s is a link or a file, where a folder is needed.".formatted(folder),
            "Export into an empty folder.");
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(
        file,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }
}
