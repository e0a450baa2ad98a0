package dev.darkroom.measuring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The measures of a picture as a structured caption. What pixels and EXIF do not measure is null,
/// empty or [Words#NOT_DETERMINED].
record MeasuredCaption(Measures measures) {

  /// By the caption's keys, in the order of its schema.
  Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("short_description", new MeasuredText(measures).shortDescription());
    fields.put("objects", List.of());
    fields.put("background_setting", Words.NOT_DETERMINED);
    fields.put("lighting", lighting());
    fields.put("aesthetics", aesthetics());
    fields.put("photographic_characteristics", measures.medium().isFlat() ? null : photographic());
    fields.put("style_medium", measures.medium().words());
    fields.put("artistic_style", artisticStyle());
    fields.put("context", Words.NOT_DETERMINED);
    fields.put("text_render", List.of());
    return fields;
  }

  private Map<String, Object> lighting() {
    var tones = measures.tones();
    Map<String, Object> lighting = new LinkedHashMap<>();
    lighting.put("conditions", tones.brightness() + ", " + tones.contrastWords());
    lighting.put("direction", measures.light().words());
    lighting.put("shadows", tones.shadowWords());
    return lighting;
  }

  private Map<String, Object> aesthetics() {
    Map<String, Object> aesthetics = new LinkedHashMap<>();
    aesthetics.put(
        "composition",
        "%s, %s, %s"
            .formatted(
                measures.frame().orientation(),
                measures.frame().aspect(),
                measures.balance().words()));
    aesthetics.put("color_scheme", new MeasuredText(measures).colours());
    aesthetics.put("mood_atmosphere", Words.NOT_DETERMINED);
    return aesthetics;
  }

  private Map<String, Object> photographic() {
    Map<String, Object> photographic = new LinkedHashMap<>();
    photographic.put("depth_of_field", measures.depthOfField().words());
    photographic.put("focus", measures.focus().words());
    photographic.put("camera_angle", Words.NOT_DETERMINED);
    photographic.put("lens_focal_length", measures.lens().words());
    return photographic;
  }

  /// Only what the pixels bear out, in three words.
  private String artisticStyle() {
    if (measures.saturation().isMonochrome()) return "black and white";
    if (measures.medium().isFlat()) return "flat colours";
    String brightness = measures.tones().brightness();
    return brightness.equals("mid-key") ? Words.NOT_DETERMINED : brightness;
  }
}
