package dev.darkroom.cli;

import dev.darkroom.cli.source.FolderZip;
import dev.darkroom.cli.source.LocalFile;
import dev.darkroom.cli.source.StoredZip;
import dev.darkroom.cli.source.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes what is sent of a file or a folder.
final class LocalContent {

  private final Surroundings surroundings;
  private final UploadLimits limits;
  private final LineDisplay lines;

  LocalContent(Surroundings surroundings, UploadLimits limits) {
    this.surroundings = surroundings;
    this.limits = limits;
    this.lines = LineDisplay.ofQuick(surroundings);
  }

  Content of(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new CommandFailure.Local(
          "There is no file or folder %s.".formatted(path), "Name a ZIP, a folder, or a URL.");
    }
    Path real = path.toRealPath();
    return Files.isDirectory(real) ? folder(real) : file(real);
  }

  private Content file(Path path) throws IOException {
    var file = LocalFile.of(path);
    requireBytes(file.size(), "%s is empty.".formatted(path));
    limits.requireRoomForBytes(path, file.size());
    return new Content(name(path), file.identity(), file.size(), file::from);
  }

  private Content folder(Path path) throws IOException {
    var folder = listed(path);
    requireBytes(folder.files(), "%s holds no files.".formatted(path));
    limits.requireRoomForImages(path, folder.images());
    limits.requireRoomForBytes(path, folder.size());
    lines.note(
        "Reading folder %s: %s, %s%s"
            .formatted(
                Printable.of(path.toString()),
                Human.count(folder.files(), "file"),
                Human.bytes(folder.size()),
                leftOut(folder)));
    var display = new TransferDisplay("reading", surroundings);
    StoredZip zip = folder.read(read -> display.show(read, folder.size()));
    display.clear();
    return new Content(name(path) + ".zip", folder.identity(), zip.length(), zip::from);
  }

  private static FolderZip listed(Path path) throws IOException {
    try {
      return FolderZip.of(path);
    } catch (UnreadableException unreadable) {
      throw new CommandFailure.Local(
          String.valueOf(unreadable.getMessage()),
          "Let it be read, or upload a folder without it.");
    }
  }

  private static String leftOut(FolderZip folder) {
    var text = new StringBuilder(".");
    if (folder.junk() > 0) {
      text.append(" Left out: %s.".formatted(Human.count(folder.junk(), "hidden or packed file")));
    }
    if (folder.special() > 0) {
      text.append(
          " Not followed: %s.".formatted(Human.count(folder.special(), "link or special file")));
    }
    return text.toString();
  }

  private static void requireBytes(long count, String message) {
    if (count == 0) throw new CommandFailure.Local(message, "There is nothing to upload.");
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "upload" : last.toString();
  }
}
