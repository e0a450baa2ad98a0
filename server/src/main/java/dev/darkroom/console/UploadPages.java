package dev.darkroom.console;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.BulkUploadStatus;
import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetStatus;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.dataset.UploadType;
import dev.darkroom.failurereport.FailedImages;
import dev.darkroom.failurereport.FailureGroups;
import dev.darkroom.failurereport.FailureReport;
import dev.darkroom.moderation.Moderator;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The upload of a dataset: the form that starts it, how far it is, and what became of each entry
/// of its archive.
@ConsolePage
class UploadPages {

  private final DatasetFrame frame;
  private final Datasets datasets;
  private final BulkUploadStatuses statuses;
  private final FailureGroups groups;
  private final FailedImages failed;
  private final FailureReport report;
  private final ObjectProvider<Moderator> moderator;

  UploadPages(
      DatasetFrame frame,
      Datasets datasets,
      BulkUploadStatuses statuses,
      FailureGroups groups,
      FailedImages failed,
      FailureReport report,
      ObjectProvider<Moderator> moderator) {
    this.frame = frame;
    this.datasets = datasets;
    this.statuses = statuses;
    this.groups = groups;
    this.failed = failed;
    this.report = report;
    this.moderator = moderator;
  }

  @GetMapping("/console/datasets/{dataset_id}/upload")
  @SnapshotRead
  String show(Caller caller, @PathVariable("dataset_id") long datasetId, Model model) {
    var dataset = frame.around(model, caller, datasetId, "upload");
    if (model.getAttribute("upload") == null) {
      model.addAttribute("obstacle", obstacle(caller, dataset));
      model.addAttribute("moderates", moderator.getIfAvailable() != null);
    } else {
      addStatus(model, datasetId);
      model.addAttribute("groups", groups(datasetId, ""));
    }
    return "upload";
  }

  /// The failed images with `search` in their names.
  @GetMapping("/console/datasets/{dataset_id}/upload/failures")
  @SnapshotRead
  String filter(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "search", defaultValue = "") String search,
      Model model) {
    model.addAttribute("dataset", datasets.get(caller, datasetId));
    model.addAttribute("groups", groups(datasetId, search));
    return "failures :: groups";
  }

  /// Further images that failed for one reason.
  @GetMapping(path = "/console/datasets/{dataset_id}/upload/failures", params = "type")
  @SnapshotRead
  String more(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam("type") String type,
      @RequestParam(name = "search", defaultValue = "") String search,
      @RequestParam(name = "offset", defaultValue = "0") int offset,
      Model model) {
    model.addAttribute("dataset", datasets.get(caller, datasetId));
    model.addAttribute("images", list(datasetId, type, search, Math.max(0, offset)));
    model.addAttribute("further", true);
    return "failures :: images";
  }

  /// The failed images as a table, which a browser's link cannot ask the API for.
  @GetMapping("/console/datasets/{dataset_id}/upload/failures.csv")
  void table(
      Caller caller, @PathVariable("dataset_id") long datasetId, HttpServletResponse response)
      throws IOException {
    datasets.requireReadable(caller, datasetId);
    report.send(statuses.get(datasetId), response);
  }

  private void addStatus(Model model, long datasetId) {
    long uploadId = statuses.get(datasetId).uploadId();
    statuses.read(
        uploadId,
        (_, status) ->
            model.addAttribute("status", status).addAttribute("ignored", ignored(status)));
  }

  private static List<IgnoredGroup> ignored(BulkUploadStatus status) {
    return status.status().isFinal()
        ? IgnoredGroup.of(Objects.requireNonNull(status.ignoredEntries()))
        : List.of();
  }

  private List<FailedGroup> groups(long datasetId, String search) {
    return groups.of(datasetId).stream()
        .map(group -> {
          var first = list(datasetId, group.type(), search, 0);
          int images =
              search.isEmpty()
                  ? group.images()
                  : failed.count(datasetId, FailedList.selection(group.type(), search, 0));
          return FailedGroup.of(group, images, first);
        })
        .filter(group -> group.images() > 0)
        .toList();
  }

  private FailedList list(long datasetId, String type, String search, int offset) {
    var selection = FailedList.selection(type, search, offset);
    return FailedList.of(failed.page(datasetId, selection), selection);
  }

  /// Why no upload can begin; null where one can.
  private static @Nullable String obstacle(Caller caller, Dataset dataset) {
    if (dataset.uploadType() == UploadType.BASIC) {
      return "This is a basic dataset, which takes its images one by one, over the API.";
    }
    if (dataset.status() == DatasetStatus.COMPLETED) {
      return "This dataset is completed and takes no more images. A clone of it can be changed.";
    }
    if (dataset.imagesCount() > 0) {
      return "This dataset has its images already: it is a clone of another one. An upload needs an empty dataset.";
    }
    return caller.mayWrite() ? null : "Nothing was uploaded yet, and this token may only read.";
  }
}
