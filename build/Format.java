import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks (`check`) or rewrites (`write`) every Java source in google-java-format style.
void main(String[] arguments) throws Exception {
  boolean write = arguments[0].equals("write");
  var formatter = new Formatter(JavaFormatterOptions.builder().build());
  List<Path> unformatted = new ArrayList<>();
  try (var files = Files.walk(Path.of("."))) {
    for (Path file : (Iterable<Path>) files.filter(this::isSource)::iterator) {
      String source = Files.readString(file);
      String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
      String formatted = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
      if (formatted.equals(source)) continue;
      unformatted.add(file);
      if (write) Files.writeString(file, formatted);
    }
  }
  if (write || unformatted.isEmpty()) return;
  unformatted.forEach(file -> System.err.println("not formatted: " + file));
  System.err.println("Run: mvn -N validate -Dformat.mode=write");
  System.exit(1);
}

boolean isSource(Path file) {
  return file.toString().endsWith(".java") && !file.toString().contains("/target/");
}
