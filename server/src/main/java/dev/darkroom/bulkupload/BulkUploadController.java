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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
    path = "/tailored-gen/datasets/{dataset_id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BulkUploadController {

  private final Intake intake;
  private final Cancellation cancellation;
  private final Datasets datasets;
  private final BulkUploadStatuses statuses;
  private final DuplicateSearch duplicates;
  private final PublicUrl publicUrl;

  BulkUploadController(
      Intake intake,
      Cancellation cancellation,
      Datasets datasets,
      BulkUploadStatuses statuses,
      DuplicateSearch duplicates,
      PublicUrl publicUrl) {
    this.intake = intake;
    this.cancellation = cancellation;
    this.datasets = datasets;
    this.statuses = statuses;
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

  /// Answers with the status that the upload has in the end.
  @PostMapping("/images/bulk-upload/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkUploadStatus cancel(Caller caller, @PathVariable("dataset_id") long datasetId) {
    cancellation.cancel(caller, datasetId);
    return statusOf(datasetId);
  }

  @GetMapping({"/images/bulk-upload/status", "/bulk-upload/status"})
  BulkUploadStatus status(Caller caller, @PathVariable("dataset_id") long datasetId) {
    var _ = datasets.get(caller, datasetId);
    return statusOf(datasetId);
  }

  private BulkUploadStatus statusOf(long datasetId) {
    return statuses
        .find(datasetId)
        .orElseThrow(() -> new FailureException(new NotFound(datasetId)));
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
