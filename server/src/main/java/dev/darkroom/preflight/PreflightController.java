package dev.darkroom.preflight;

import dev.darkroom.api.Caller;
import dev.darkroom.api.PublicUrl;
import dev.darkroom.api.RequestId;
import dev.darkroom.bulkupload.BulkUploadRequest;
import dev.darkroom.bulkupload.BulkUploadState;
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
    path = "/tailored-gen/datasets/{dataset_id}/images/bulk-upload/preflight",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PreflightController {

  private final PreflightIntake intake;
  private final PreflightStatuses statuses;
  private final Datasets datasets;
  private final PublicUrl publicUrl;

  PreflightController(
      PreflightIntake intake, PreflightStatuses statuses, Datasets datasets, PublicUrl publicUrl) {
    this.intake = intake;
    this.statuses = statuses;
    this.datasets = datasets;
    this.publicUrl = publicUrl;
  }

  @PostMapping
  ResponseEntity<Accepted> begin(
      Caller caller,
      RequestId requestId,
      @PathVariable("dataset_id") long datasetId,
      @RequestBody BulkUploadRequest.Given given,
      HttpServletRequest request) {
    intake.begin(caller, requestId, datasetId, given.checked());
    URI statusUrl = statusUrl(request, datasetId);
    return ResponseEntity.accepted()
        .location(statusUrl)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(
            new Accepted(
                datasetId, BulkUploadState.PENDING, statusUrl.toString(), requestId.value()));
  }

  @GetMapping("/status")
  PreflightStatus status(Caller caller, @PathVariable("dataset_id") long datasetId) {
    var _ = datasets.get(caller, datasetId);
    return statuses
        .find(datasetId)
        .orElseThrow(() -> new FailureException(new PreflightFailure.NotFound(datasetId)));
  }

  private URI statusUrl(HttpServletRequest request, long datasetId) {
    return URI.create(
        "%s%s/tailored-gen/datasets/%d/images/bulk-upload/preflight/status"
            .formatted(publicUrl.of(request), request.getContextPath(), datasetId));
  }

  /// The answer to a preflight that begins.
  record Accepted(long datasetId, BulkUploadState status, String statusUrl, String requestId) {}
}
