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
import org.jspecify.annotations.Nullable;

/// The files of a folder that an upload takes, in the order of their names, and how many things of
/// other kinds it leaves out.
///
/// @param files in the order of their names
/// @param junk what the server would ignore in any case: what operating systems leave behind,
///   hidden files and folders, archives
/// @param special links, which are never followed, and whatever else is no plain file
record Listing(List<Named> files, int junk, int special) {

  private static final String MACOS_FOLDER = "__macosx";
  private static final Set<String> SYSTEM_FILES = Set.of(MACOS_FOLDER, "thumbs.db", "desktop.ini");

  /// What the server takes for a text. Whatever is neither that nor junk it takes for an image.
  private static final Pattern TEXT =
      Pattern.compile("(?i).*\\.(txt|caption|json|jsonl|csv|md|xml|yaml|yml)");

  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|rar|7z|tar|gz)");

  /// A file, and its path in the ZIP.
  record Named(String name, LocalFile file) {
    boolean isImage() {
      return !TEXT.matcher(name).matches();
    }
  }

  Listing {
    files = List.copyOf(files);
  }

  static Listing of(Path folder) throws IOException {
    var visitor = new Visitor(folder);
    Files.walkFileTree(folder, visitor);
    visitor.files.sort(Comparator.comparing(Named::name));
    return new Listing(visitor.files, visitor.junk, visitor.special);
  }

  /// A folder may be called like an archive, and hold images.
  private static boolean isJunkFolder(Path folder) {
    String name = name(folder);
    return name.startsWith(".") || name.equals(MACOS_FOLDER);
  }

  private static boolean isJunkFile(Path file) {
    String name = name(file);
    return name.startsWith(".") || SYSTEM_FILES.contains(name) || ARCHIVE.matcher(name).matches();
  }

  private static String name(Path path) {
    return path.getFileName().toString().toLowerCase(Locale.ROOT);
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
      if (folder.equals(root) || !isJunkFolder(folder)) return FileVisitResult.CONTINUE;
      junk++;
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isJunkFile(file)) junk++;
      else if (!attributes.isRegularFile()) special++;
      else files.add(new Named(entryName(file), LocalFile.of(file, attributes)));
      return FileVisitResult.CONTINUE;
    }

    /// Of a folder that cannot be opened this is all that is called.
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (path.equals(root) || !isJunkFolder(path)) throw new UnreadableException(path, failure);
      junk++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) throw new UnreadableException(folder, failure);
      return FileVisitResult.CONTINUE;
    }

    private String entryName(Path file) {
      return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }
  }
}
