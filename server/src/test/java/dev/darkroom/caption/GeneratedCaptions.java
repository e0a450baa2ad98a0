package dev.darkroom.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What must hold of every caption that was generated for a FIBO dataset.
public final class GeneratedCaptions {

  private GeneratedCaptions() {}

  /// The text is a valid caption, in which every value that the visual schema fixes stands word for
  /// word.
  public static void assertValid(String captionText, @Nullable String visualSchema) {
    var schema = VisualSchema.of(visualSchema == null ? "{}" : visualSchema);
    assertThat(schema.departures(captionText)).as(captionText).isEmpty();
    var caption = JsonMapper.shared().readTree(captionText);
    schema
        .fixed()
        .forEach((path, value) ->
            assertThat((Object) caption.at("/" + path.replace('.', '/')))
                .as(path)
                .isEqualTo(value));
  }
}
