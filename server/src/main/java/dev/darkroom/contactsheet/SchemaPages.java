package dev.darkroom.contactsheet;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.captioning.CaptionProgress;
import dev.darkroom.console.ConsolePage;
import dev.darkroom.console.DatasetFrame;
import dev.darkroom.console.SnapshotRead;
import dev.darkroom.dataset.ImageLinks;
import dev.darkroom.failure.FailureException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The visual schema of a dataset: what it is, the images that it is made of, its text, and how
/// many captions were written under another one.
@ConsolePage
class SchemaPages {

  /// As many as a visual schema is made of at most.
  private static final int MAX_IMAGES = 10;

  private static final Pattern IDS = Pattern.compile("([0-9]{1,18}(,[0-9]{1,18}){0,9})?");

  private final DatasetFrame frame;
  private final SheetImages images;
  private final ImageLinks links;
  private final CaptionProgress progress;

  SchemaPages(DatasetFrame frame, SheetImages images, ImageLinks links, CaptionProgress progress) {
    this.frame = frame;
    this.images = images;
    this.links = links;
    this.progress = progress;
  }

  /// @param chosen the ids of images, with commas between them
  @GetMapping("/console/datasets/{dataset_id}/schema")
  @SnapshotRead
  String schema(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "images", defaultValue = "") String chosen,
      Model model) {
    var ids = ids(chosen);
    var dataset = frame.around(model, caller, datasetId, "schema");
    var listing = Listing.of(dataset);
    model.addAttribute(
        "chosen",
        images.chosen(listing, ids).stream()
            .map(cell -> new Chosen(cell, links.originalPath(cell.id())))
            .toList());
    model.addAttribute("tally", images.tally(listing));
    model.addAttribute("schema", PrettyJson.of(dataset.visualSchema()));
    model.addAttribute("run", progress.find(dataset).orElse(null));
    return "schema";
  }

  private static List<Long> ids(String chosen) {
    if (!IDS.matcher(chosen).matches()) {
      throw new FailureException(
          new ApiFailure.ParameterInvalid(
              "images",
              "the ids of at most %d images, with commas between them".formatted(MAX_IMAGES)));
    }
    return Pattern.compile(",")
        .splitAsStream(chosen)
        .filter(id -> !id.isEmpty())
        .map(Long::valueOf)
        .toList();
  }

  /// An image that the schema is to be made of.
  ///
  /// @param original a link, as a path on this server
  record Chosen(Cell cell, String original) {}
}
