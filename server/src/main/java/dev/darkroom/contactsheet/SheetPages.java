package dev.darkroom.contactsheet;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.UploadHeadline;
import dev.darkroom.captioning.CaptionProgress;
import dev.darkroom.console.ConsolePage;
import dev.darkroom.console.DatasetFrame;
import dev.darkroom.console.SnapshotRead;
import dev.darkroom.contactsheet.Listing.Asked;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The contact sheet: all images of a dataset, and one of them at a time in the lightbox over it.
/// The page brings the first cells along; its script asks for those of a range when they come near
/// the window.
@ConsolePage
@RequestMapping("/console/datasets/{dataset_id}/images")
class SheetPages {

  /// Cells that come in one piece; the script asks for whole pieces only.
  static final int PIECE = 60;

  private static final int MAX_COUNT = 200;

  private final DatasetFrame frame;
  private final Datasets datasets;
  private final SheetImages images;
  private final ImageViews views;
  private final CaptionProgress progress;

  SheetPages(
      DatasetFrame frame,
      Datasets datasets,
      SheetImages images,
      ImageViews views,
      CaptionProgress progress) {
    this.frame = frame;
    this.datasets = datasets;
    this.images = images;
    this.views = views;
    this.progress = progress;
  }

  @GetMapping
  @SnapshotRead
  String sheet(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      Asked asked,
      HttpServletRequest request,
      Model model) {
    show(frame.around(model, caller, datasetId, "images"), asked, request, model);
    return "images";
  }

  /// The sheet with one of its images opened.
  @GetMapping("/{image_id}")
  @SnapshotRead
  String opened(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("image_id") long imageId,
      Asked asked,
      HttpServletRequest request,
      Model model) {
    var dataset = frame.around(model, caller, datasetId, "images");
    model.addAttribute("view", views.of(dataset, asked.in(dataset), imageId));
    show(dataset, asked, request, model);
    return "images";
  }

  /// The lightbox's content for one image.
  @GetMapping("/{image_id}/view")
  @SnapshotRead
  String view(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("image_id") long imageId,
      Asked asked,
      Model model) {
    var dataset = datasets.get(caller, datasetId);
    model.addAttribute("dataset", dataset);
    model.addAttribute("view", views.of(dataset, asked.in(dataset), imageId));
    return "image-view :: view";
  }

  @GetMapping("/cells")
  @SnapshotRead
  String cells(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "offset", defaultValue = "0") int offset,
      @RequestParam(name = "count", defaultValue = "" + PIECE) int count,
      Asked asked,
      Model model,
      HttpServletResponse response) {
    require("offset", offset >= 0, "an integer from 0");
    require("count", count >= 1 && count <= MAX_COUNT, "an integer from 1 to " + MAX_COUNT);
    var dataset = datasets.get(caller, datasetId);
    var listing = asked.in(dataset);
    int total = images.count(listing);
    response.setHeader("X-Total-Count", Integer.toString(total));
    addCells(model, dataset, listing, total);
    model.addAttribute("cells", images.cells(listing, offset, count));
    return "image-cells :: cells";
  }

  /// How far a caption run is, and on the sheet all counts that change with it. A page that waits
  /// for the images of an upload is to load anew once they are there, or none will come.
  @GetMapping("/progress")
  @SnapshotRead
  String progress(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "empty", defaultValue = "false") boolean empty,
      @RequestParam(name = "sheet", defaultValue = "false") boolean onSheet,
      Model model,
      HttpServletResponse response) {
    var dataset = frame.around(model, caller, datasetId, "images");
    if (empty && !(dataset.imagesCount() == 0 && isUploadRunning(model))) {
      response.setHeader("HX-Refresh", "true");
    }
    model.addAttribute("run", progress.find(dataset).orElse(null));
    if (onSheet) addCounts(model, dataset, Listing.of(dataset));
    return "caption-progress :: polled";
  }

  private void show(Dataset dataset, Asked asked, HttpServletRequest request, Model model) {
    var listing = asked.in(dataset);
    addCells(model, dataset, listing, images.count(listing));
    model.addAttribute("cells", images.cells(listing, 0, PIECE));
    model.addAttribute("piece", PIECE);
    addCounts(model, dataset, listing);
    model.addAttribute("size", CellSize.of(request));
    model.addAttribute("sizes", CellSize.values());
    model.addAttribute("run", progress.find(dataset).orElse(null));
  }

  private static boolean isUploadRunning(Model model) {
    return model.getAttribute("upload") instanceof UploadHeadline upload && upload.isRunning();
  }

  private void addCounts(Model model, Dataset dataset, Listing listing) {
    model.addAttribute("onSheet", true);
    model.addAttribute("tally", images.tally(listing));
    model.addAttribute("filters", CaptionFilter.of(dataset.family()));
  }

  private static void addCells(Model model, Dataset dataset, Listing listing, int total) {
    model.addAttribute("dataset", dataset);
    model.addAttribute("listing", listing);
    model.addAttribute("total", total);
  }

  private static void require(String parameter, boolean right, String rule) {
    if (!right) throw new FailureException(new ApiFailure.ParameterInvalid(parameter, rule));
  }
}
