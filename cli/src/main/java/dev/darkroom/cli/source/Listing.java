package dev.darkroom.cli.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of a folder that an upload takes, in the order of their names, and how many things of
/// other kinds it leaves out.
///
/// @param files in the order of their names
/// @param junk what the server would ignore in any case: what operating systems leave behind,
///   hidden files and folders, archives
/// @param special links, which are never followed, and whatever else is no plain file
record Listing(List<Named> files, int junk, int special) {

  private static final Set<String> SYSTEM_FILES = Set.of("__macosx", "thumbs.db", "desktop.ini");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|rar|7z|tar|gz)");

  /// A file, and its path in the ZIP.
  record Named(String name, LocalFile file) {}

  Listing {
    files = List.copyOf(files);
  }

  static Listing of(Path folder) throws IOException {
    var visitor = new Visitor(folder);
    Files.walkFileTree(folder, visitor);
    visitor.files.sort(Comparator.comparing(Named::name));
    return new Listing(visitor.files, visitor.junk, visitor.special);
  }

  private static boolean isJunk(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || SYSTEM_FILES.contains(name) || ARCHIVE.matcher(name).matches();
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Named> files = new ArrayList<>();
    private int junk;
    private int special;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root) || !isJunk(folder)) return FileVisitResult.CONTINUE;
      junk++;
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isJunk(file)) junk++;
      else if (!attributes.isRegularFile()) special++;
      else files.add(new Named(name(file), LocalFile.of(file, attributes)));
      return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
      return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }
  }
}
