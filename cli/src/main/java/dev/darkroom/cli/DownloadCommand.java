package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "download",
    mixinStandardHelpOptions = true,
    description = "Downloads a dataset. Run again after a break, it goes on where it was.",
    footer = {"", "Example:", "  darkroom download 12 --format imagefolder -o shoot-1.zip"})
final class DownloadCommand implements Callable<Integer> {

  /// As the API names them.
  enum Format {
    zip(".zip"),
    imagefolder("-imagefolder.zip"),
    kohya("-kohya.zip"),
    webdataset(".tar"),
    captions("-captions.jsonl");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }
  }

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; zip when not given.")
  Format format = Format.zip;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to; dataset-ID.zip or the like when not given. A folder, where the format has"
              + " several files.")
  @Nullable Path output;

  @Option(names = "--force", description = "Replace files that are there.")
  boolean force;

  private final Surroundings surroundings;

  DownloadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() throws IOException {
    try (Darkroom darkroom = options.connect()) {
      Reply links = links(darkroom);
      List<Path> files = files(urls(links).size());
      requireFree(files);
      if (files.size() == 1) fetch(darkroom, files.getFirst());
      else files = fetchSeveral(darkroom);
      List<String> lines = new ArrayList<>();
      for (Path file : files) {
        lines.add(Printable.of("%s, %s".formatted(file, Human.bytes(Files.size(file)))));
      }
      options.printer().print(links.body(), lines);
      return Exit.OK;
    }
  }

  private void fetch(Darkroom darkroom, Path file) throws IOException {
    if (file.getParent() != null) Files.createDirectories(file.getParent());
    try (var download = new FileDownload(() -> link(darkroom, 0), file, surroundings)) {
      download.fetch();
    }
  }

  private List<Path> fetchSeveral(Darkroom darkroom) throws IOException {
    Files.createDirectories(folder());
    var source =
        new DownloadSet.Source() {
          @Override
          public List<Path> files() {
            return filesOf(urls(links(darkroom)).size());
          }

          @Override
          public FileDownload open(int index, Path file) {
            return new FileDownload(() -> link(darkroom, index), file, surroundings);
          }
        };
    return new DownloadSet(source, LineDisplay.ofQuick(surroundings)).fetch();
  }

  private Reply links(Darkroom darkroom) {
    return darkroom.get(Darkroom.datasetPath(datasetId) + "/download?format=" + format);
  }

  private URI link(Darkroom darkroom, int index) {
    List<String> urls = urls(links(darkroom));
    if (index >= urls.size()) {
      throw new CommandFailure.Local(
          "The dataset was changed while it was downloaded.", "Run the command again.");
    }
    return URI.create(urls.get(index));
  }

  private static List<String> urls(Reply reply) {
    var links = reply.object();
    var urls = links.getArray("download_urls", JsonArray.from(links.getString("download_url")));
    List<String> texts =
        urls.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    if (texts.isEmpty()) {
      throw new CommandFailure.Unexpected(
          "The answer has no links. Is that a Darkroom server?", null);
    }
    return texts;
  }

  private List<Path> files(int count) {
    if (count > 1) return filesOf(count);
    String usual = usualName() + format.ending;
    if (output == null) return List.of(Path.of(usual));
    return List.of(Files.isDirectory(output) ? output.resolve(usual) : output);
  }

  /// Of a download that has several.
  private List<Path> filesOf(int count) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(folder().resolve("%05d%s".formatted(i, format.ending)));
    }
    return files;
  }

  private Path folder() {
    return output == null ? Path.of(usualName()) : output;
  }

  private String usualName() {
    return "dataset-" + datasetId;
  }

  private void requireFree(List<Path> files) {
    if (force) return;
    for (Path file : files) {
      // One of several that came before the command was ended has its ETag beside it.
      boolean ours = files.size() > 1 && Files.exists(FileDownload.keptEtag(file));
      if (Files.exists(file) && !ours) {
        throw new CommandFailure.Local(
            "%s is there already.".formatted(file),
            "Name another with -o, or replace it by --force.");
      }
    }
  }
}
