package dev.darkroom.console;

import dev.darkroom.api.Caller;
import dev.darkroom.dataset.Datasets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The way into a dataset.
@ConsolePage
class DatasetPages {

  private final Datasets datasets;

  DatasetPages(Datasets datasets) {
    this.datasets = datasets;
  }

  /// Leads to what there is to see: images, or the place to upload them.
  @GetMapping("/console/datasets/{dataset_id}")
  String show(Caller caller, @PathVariable("dataset_id") long datasetId) {
    var dataset = datasets.get(caller, datasetId);
    return "redirect:/console/datasets/%d/%s"
        .formatted(datasetId, dataset.imagesCount() > 0 ? "images" : "upload");
  }
}
