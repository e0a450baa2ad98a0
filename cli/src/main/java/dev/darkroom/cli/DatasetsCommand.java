package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = "Lists the datasets, newest first.",
    footer = {"", "Example:", "  darkroom datasets --project 3"})
final class DatasetsCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Option(names = "--project", paramLabel = "ID", description = "Those of this project only.")
  @Nullable Long project;

  DatasetsCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var reply =
          darkroom.get(
              project == null
                  ? "/tailored-gen/datasets"
                  : "/tailored-gen/projects/%d/datasets".formatted(project));
      var table =
          new Table()
              .number("ID")
              .text("NAME")
              .number("PROJECT")
              .word("VERSION")
              .word("TYPE")
              .word("STATUS")
              .number("IMAGES")
              .word("CAPTIONS")
              .word("CREATED");
      for (JsonObject dataset : Json.objects(reply.array())) {
        table.row(
            Json.shown(dataset, "id"),
            Json.shown(dataset, "name"),
            Json.shown(dataset, "project_id"),
            Json.shown(dataset, "training_version"),
            Json.shown(dataset, "upload_type"),
            Json.shown(dataset, "status"),
            Human.count(dataset.getLong("images_count")),
            Json.shown(dataset, "captions_update_status"),
            Json.minute(dataset, "created_at"));
      }
      options.printer().print(reply.body(), table);
      return Exit.OK;
    }
  }
}
