package dev.darkroom.cli;

import dev.darkroom.cli.FoundCaption.Unusable;
import dev.darkroom.cli.source.UnreadableException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The caption files of a folder, and what in it cannot be looked at.
///
/// @param files by their paths in the folder, with slashes
record CaptionFolder(Map<String, Path> files, List<Unusable> unreadable) {

  /// Links to folders are not followed.
  ///
  /// @param ending of caption files
  static CaptionFolder of(Path folder, String ending) throws IOException {
    var visitor = new Visitor(folder, ending);
    Files.walkFileTree(folder, visitor);
    return new CaptionFolder(visitor.files, visitor.unreadable);
  }

  /// Why it is of no use.
  static Unusable unreadable(String place, IOException failure) {
    String reason = "It cannot be read: %s.".formatted(UnreadableException.reason(failure));
    return new Unusable(place, reason);
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final String ending;
    private final Map<String, Path> files = new TreeMap<>();
    private final List<Unusable> unreadable = new ArrayList<>();

    Visitor(Path root, String ending) {
      this.root = root;
      this.ending = ending;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path = path(file);
      boolean named = path.toLowerCase(Locale.ROOT).endsWith(ending);
      if (named && Files.isRegularFile(file)) files.put(path, file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (path.equals(root)) throw failure;
      unreadable.add(unreadable(path(path), failure));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      if (failure != null) unreadable.add(unreadable(path(folder), failure));
      return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
      return root.relativize(file).toString().replace('\\', '/');
    }
  }
}
