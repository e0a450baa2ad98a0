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
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        long size = fetch(darkroom, i, files.get(i));
        lines.add(Printable.of("%s, %s".formatted(files.get(i), Human.bytes(size))));
      }
      options.printer().print(links.body(), lines);
      return Exit.OK;
    }
  }

  private long fetch(Darkroom darkroom, int index, Path file) throws IOException {
    if (file.getParent() != null) Files.createDirectories(file.getParent());
    try (var download = new FileDownload(() -> link(darkroom, index), file, surroundings)) {
      return download.fetch();
    }
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
    String usual = "dataset-" + datasetId;
    if (count == 1) {
      if (output == null) return List.of(Path.of(usual + format.ending));
      return List.of(Files.isDirectory(output) ? output.resolve(usual + format.ending) : output);
    }
    Path folder = output == null ? Path.of(usual) : output;
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) files.add(folder.resolve("%05d%s".formatted(i, format.ending)));
    return files;
  }

  private void requireFree(List<Path> files) {
    if (force) return;
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new CommandFailure.Local(
            "%s is there already.".formatted(file),
            "Name another with -o, or replace it by --force.");
      }
    }
  }
}
