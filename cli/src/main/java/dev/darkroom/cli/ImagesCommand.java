package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = "Lists the images of a dataset with their captions.",
    footer = {"", "Example:", "  darkroom images 12"})
final class ImagesCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  ImagesCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var reply = darkroom.get(Darkroom.imagesPath(datasetId));
      var table =
          new Table()
              .number("ID")
              .text("NAME")
              .number("PIXELS")
              .number("SIZE")
              .word("WRITTEN")
              .text("CAPTION");
      for (JsonObject image : Json.objects(reply.array())) {
        table.row(
            Json.shown(image, "id"),
            Json.shown(image, "image_name"),
            "%d x %d".formatted(image.getInt("width"), image.getInt("height")),
            Human.bytes(image.getLong("size_bytes")),
            Json.shown(image, "caption_source"),
            new CaptionText(image.getString("caption")).summary());
      }
      options.printer().print(reply.body(), table);
      return Exit.OK;
    }
  }
}
