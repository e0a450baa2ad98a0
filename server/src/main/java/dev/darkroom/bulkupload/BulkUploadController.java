package dev.darkroom.bulkupload;

import dev.darkroom.api.Caller;
import dev.darkroom.api.PublicUrl;
import dev.darkroom.api.RequestId;
import dev.darkroom.bulkupload.BulkUploadFailure.NotFound;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
    path = "/tailored-gen/datasets/{dataset_id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BulkUploadController {

  private final Intake intake;
  private final Datasets datasets;
  private final DuplicateSearch duplicates;
  private final PublicUrl publicUrl;

  BulkUploadController(
      Intake intake, Datasets datasets, DuplicateSearch duplicates, PublicUrl publicUrl) {
    this.intake = intake;
    this.datasets = datasets;
    this.duplicates = duplicates;
    this.publicUrl = publicUrl;
  }

  @PostMapping("/images/bulk-upload")
  ResponseEntity<Accepted> submit(
      Caller caller,
      RequestId requestId,
      @PathVariable("dataset_id") long datasetId,
      @RequestBody BulkUploadRequest.Given given,
      HttpServletRequest request) {
    URI statusUrl = statusUrl(request, datasetId);
    intake.accept(caller, requestId, datasetId, given.checked(statusUrl));
    return ResponseEntity.accepted()
        .location(statusUrl)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(
            new Accepted(
                datasetId, BulkUploadState.PENDING, statusUrl.toString(), requestId.value()));
  }

  @GetMapping("/images/bulk-upload/duplicates")
  Duplicates duplicates(Caller caller, @PathVariable("dataset_id") long datasetId) {
    var _ = datasets.get(caller, datasetId);
    return duplicates
        .find(datasetId)
        .orElseThrow(() -> new FailureException(new NotFound(datasetId)));
  }

  private URI statusUrl(HttpServletRequest request, long datasetId) {
    return URI.create(
        "%s%s/tailored-gen/datasets/%d/images/bulk-upload/status"
            .formatted(publicUrl.of(request), request.getContextPath(), datasetId));
  }

  /// The answer to an accepted upload.
  record Accepted(long datasetId, BulkUploadState status, String statusUrl, String requestId) {}
}
