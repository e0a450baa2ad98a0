package dev.darkroom.console;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.UploadHeadlines;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.project.Projects;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What is around every page of a dataset: its name, its state, what can be done with it, and the
/// way to its other pages.
@Component
public class DatasetFrame {

  private final Datasets datasets;
  private final Projects projects;
  private final UploadHeadlines uploads;

  DatasetFrame(Datasets datasets, Projects projects, UploadHeadlines uploads) {
    this.datasets = datasets;
    this.projects = projects;
    this.uploads = uploads;
  }

  /// Gets the dataset and gives the page what its frame shows.
  ///
  /// @param tab which of the pages it is, such as `images`
  public Dataset around(Model model, Caller caller, long datasetId, String tab) {
    var dataset = datasets.get(caller, datasetId);
    var upload = uploads.of(List.of(datasetId)).get(datasetId);
    model.addAttribute("dataset", dataset);
    model.addAttribute("upload", upload);
    model.addAttribute("state", DatasetState.of(dataset, upload));
    model.addAttribute("project", projects.get(caller, dataset.projectId()));
    model.addAttribute("tab", tab);
    return dataset;
  }
}
