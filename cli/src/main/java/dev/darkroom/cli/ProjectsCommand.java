package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "projects",
    mixinStandardHelpOptions = true,
    description = "Lists the projects, newest first.",
    footer = {"", "Example:", "  darkroom projects"})
final class ProjectsCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  ProjectsCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var reply = darkroom.get("/tailored-gen/projects");
      var table =
          new Table()
              .number("ID")
              .text("NAME")
              .word("MEDIUM")
              .word("TYPE")
              .word("VERSION")
              .word("CREATED");
      for (JsonObject project : Json.objects(reply.array())) {
        table.row(
            Json.shown(project, "id"),
            Json.shown(project, "project_name"),
            Json.shown(project, "ip_medium"),
            Json.shown(project, "ip_type"),
            Json.shown(project, "training_version"),
            Json.minute(project, "created_at"));
      }
      options.printer().print(reply.body(), table);
      return Exit.OK;
    }
  }
}
