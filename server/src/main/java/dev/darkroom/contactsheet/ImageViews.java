package dev.darkroom.contactsheet;

import dev.darkroom.caption.FiboCaption;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.ImageLinks;
import dev.darkroom.project.TrainingVersion.Family;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what the lightbox shows of an image.
@Component
class ImageViews {

  private final DatasetImages images;
  private final SheetImages sheet;
  private final ImageLinks links;

  ImageViews(DatasetImages images, SheetImages sheet, ImageLinks links) {
    this.images = images;
    this.sheet = sheet;
    this.links = links;
  }

  ImageView of(Dataset dataset, Listing listing, long imageId) {
    var image = images.get(dataset.id(), imageId);
    return new ImageView(
        image,
        sheet.place(listing, imageId),
        sheet.chosen(listing, List.of(imageId)).getFirst().mark(),
        dataset.family() == Family.FIBO
            ? PrettyJson.of(image.caption())
            : Objects.requireNonNullElse(image.caption(), ""),
        departures(dataset, image.caption()),
        ImageFacts.of(image, sheet.exif(dataset.id(), imageId)),
        links.originalPath(imageId),
        links.thumbnailPath(imageId));
  }

  private static List<String> departures(Dataset dataset, @Nullable String caption) {
    if (caption == null || dataset.family() != Family.FIBO) return List.of();
    var schema = dataset.visualSchema();
    return schema == null
        ? FiboCaption.departures(caption)
        : VisualSchema.of(schema).departures(caption);
  }
}
