package dev.darkroom.captioning;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.Picture;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.project.TrainingVersion.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the captions that are generated for a dataset look like.
sealed interface CaptionForm {

  /// The form of a dataset's captions. None for a FIBO dataset without a visual schema, which gets
  /// none.
  static Optional<CaptionForm> of(
      Family family, @Nullable String visualSchema, @Nullable String prefix) {
    return switch (family) {
      case FIBO -> Optional.ofNullable(visualSchema).map(VisualSchema::of).map(Structured::new);
      case LEGACY -> Optional.of(new Plain(prefix == null ? "" : prefix));
    };
  }

  /// Asks for a caption of the picture in this form.
  Captioning ask(Captioner captioner, Picture picture) throws IOException, InterruptedException;

  /// In what a generated text is no caption of this form, as a clause. None for one that is.
  ///
  /// @param maxBytes what a caption may have, in UTF-8
  Optional<String> flawOf(String text, int maxBytes);

  /// The hash of the schema that captions are written under, where there is one.
  @Nullable String schemaHash();

  /// FIBO: a JSON object, in which what the schema fixes stands word for word.
  record Structured(VisualSchema schema) implements CaptionForm {

    @Override
    public Captioning ask(Captioner captioner, Picture picture)
        throws IOException, InterruptedException {
      return captioner.describe(picture, schema);
    }

    @Override
    public Optional<String> flawOf(String text, int maxBytes) {
      return tooLong(text, maxBytes).or(() -> schema.departures(text).stream().findFirst());
    }

    @Override
    public String schemaHash() {
      return schema.hash();
    }
  }

  /// Legacy: a text that begins with the dataset's prefix.
  record Plain(String prefix) implements CaptionForm {

    @Override
    public Captioning ask(Captioner captioner, Picture picture)
        throws IOException, InterruptedException {
      return captioner.describe(picture, prefix);
    }

    @Override
    public Optional<String> flawOf(String text, int maxBytes) {
      if (!text.startsWith(prefix)) return Optional.of("it does not begin with the caption_prefix");
      if (text.substring(prefix.length()).isBlank()) return Optional.of("it says nothing");
      // PostgreSQL keeps no NUL in a text.
      if (text.indexOf('\0') >= 0) return Optional.of("it holds a NUL character");
      return tooLong(text, maxBytes);
    }

    @Override
    public @Nullable String schemaHash() {
      return null;
    }
  }

  private static Optional<String> tooLong(String text, int maxBytes) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= maxBytes
        ? Optional.empty()
        : Optional.of("it has %d bytes, at most %d are kept".formatted(bytes, maxBytes));
  }
}
