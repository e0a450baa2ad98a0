package dev.darkroom.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.api.WireName;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.dataset.UploadType;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExportController {

  private final Datasets datasets;
  private final Exports exports;
  private final ExportRows rows;
  private final ExportLinks links;

  ExportController(Datasets datasets, Exports exports, ExportRows rows, ExportLinks links) {
    this.datasets = datasets;
    this.exports = exports;
    this.rows = rows;
    this.links = links;
  }

  @GetMapping(
      path = "/tailored-gen/datasets/{dataset_id}/download",
      produces = MediaType.APPLICATION_JSON_VALUE)
  Download download(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "format", defaultValue = "zip") String wanted,
      HttpServletRequest request) {
    var format = format(wanted);
    if (datasets.get(caller, datasetId).uploadType() == UploadType.BASIC) {
      throw new FailureException(new ExportFailure.BasicDataset(datasetId));
    }
    var files = links.forRequest(request, datasetId, format, exports.count(datasetId, format));
    var captions =
        rows.hasOnlyAutomaticCaptions(datasetId)
            ? links.forRequest(request, datasetId, ExportFormat.CAPTIONS, 1).getFirst()
            : null;
    return new Download(files.getFirst(), captions, files);
  }

  private static ExportFormat format(String wanted) {
    return WireName.find(ExportFormat.class, wanted)
        .orElseThrow(
            () -> new FailureException(new ApiFailure.ParameterInvalid("format", oneOfThem())));
  }

  private static String oneOfThem() {
    return Arrays.stream(ExportFormat.values())
        .map(ExportFormat::toString)
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  /// @param downloadUrl the first of `downloadUrls`, and mostly the only one
  /// @param captionsUrl left out, rather than null, where not every caption is automatic
  record Download(
      String downloadUrl,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String captionsUrl,
      List<String> downloadUrls) {}
}
