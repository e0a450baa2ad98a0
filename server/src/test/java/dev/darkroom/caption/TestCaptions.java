package dev.darkroom.caption;

import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Captions to start from.
public final class TestCaptions {

  private static final String PHOTOGRAPH =
      """
      {
        "short_description": "A red bicycle leans against a white wall.",
        "objects": [
          {
            "description": "a bicycle", "location": "centre", "relationship": "leans against the wall",
            "relative_size": "large", "shape_and_color": "thin frame, red", "texture": "glossy",
            "appearance_details": null, "number_of_objects": null, "pose": null, "expression": null,
            "clothing": null, "action": null, "gender": null, "skin_tone_and_texture": null,
            "orientation": "to the left"
          }
        ],
        "background_setting": "a white wall",
        "lighting": {"conditions": "sunlight", "direction": "from the left", "shadows": "hard"},
        "aesthetics": {
          "composition": "centred", "color_scheme": "red on white", "mood_atmosphere": "calm"
        },
        "photographic_characteristics": {
          "depth_of_field": "deep", "focus": "the bicycle", "camera_angle": "eye level",
          "lens_focal_length": "35 mm"
        },
        "style_medium": "photograph",
        "artistic_style": "realistic",
        "context": "a picture of a street",
        "text_render": [
          {
            "text": "No 5", "location": "on the wall", "size": "small", "color": "black",
            "font": "sans serif", "appearance_details": null
          }
        ]
      }
      """;

  private TestCaptions() {}

  /// The text of a valid caption.
  public static String photograph() {
    return photograph(_ -> {});
  }

  /// The text of a caption that was valid before the change.
  public static String photograph(Consumer<ObjectNode> change) {
    var caption = (ObjectNode) JsonMapper.shared().readTree(PHOTOGRAPH);
    change.accept(caption);
    return caption.toString();
  }

  static FiboCaption valid(String text) {
    return switch (FiboCaption.parse(text)) {
      case CheckedCaption.Valid(var caption) -> caption;
      case CheckedCaption.Departing(var departures) ->
          throw new AssertionError(departures.toString());
    };
  }
}
