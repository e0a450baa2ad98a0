package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.failure.FailureException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What is said of an image, and how each format says it.
record ImageText(String imageName, int ordinal, @Nullable String caption) {

  /// Its own, so that an export stays the same whatever becomes of the API's answers.
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /// The content of the image's caption file. Trainers that read kohya's folders take its first
  /// line only.
  static byte[] file(ExportFormat format, String caption) {
    var text = format == ExportFormat.KOHYA ? caption.replaceAll("\\R", " ") : caption;
    return text.getBytes(UTF_8);
  }

  /// The caption that the image had when the layout was made.
  String requireCaption() {
    if (caption == null) throw new FailureException(ExportFailure.Plain.CHANGED);
    return caption;
  }

  /// The image's line in a file of all of them.
  ///
  /// @param path of the image in the export
  byte[] line(ExportFormat format, String path) {
    Record line =
        format == ExportFormat.CAPTIONS
            ? new CaptionLine(imageName, ordinal, caption)
            : new MetadataLine(path, caption);
    return (JSON.writeValueAsString(line) + "\n").getBytes(UTF_8);
  }

  /// A row of a `metadata.jsonl`.
  private record MetadataLine(String fileName, @Nullable String text) {}

  private record CaptionLine(String imageName, int ordinal, @Nullable String caption) {}
}
