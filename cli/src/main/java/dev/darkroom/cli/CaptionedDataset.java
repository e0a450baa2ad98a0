package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dataset, as far as its captions go.
///
/// @param structured its captions are JSON objects (FIBO), else texts (Legacy)
/// @param images in archive order
record CaptionedDataset(long id, boolean structured, List<Image> images) {

  /// @param name the path in the archive: the text of a stranger
  record Image(long id, String name, int ordinal, @Nullable String caption) {}

  CaptionedDataset {
    images = List.copyOf(images);
  }

  static CaptionedDataset fetch(Darkroom darkroom, long datasetId) {
    var dataset = darkroom.get(Darkroom.datasetPath(datasetId) + "?max_images=1").object();
    var images = darkroom.get(Darkroom.imagesPath(datasetId)).array();
    return new CaptionedDataset(
        datasetId,
        "fibo".equals(dataset.getString("training_version")),
        Json.objects(images).stream().map(CaptionedDataset::image).toList());
  }

  private static Image image(JsonObject json) {
    return new Image(
        Json.id(json),
        json.getString("image_name", ""),
        json.getInt("ordinal"),
        json.getString("caption"));
  }

  /// What caption files end in.
  String ending() {
    return structured ? ".json" : ".txt";
  }
}
