package dev.darkroom.uploadstatus;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.bulkupload.Cancellation;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failurereport.FailureReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

@RestController
@RequestMapping("/tailored-gen/datasets/{dataset_id}")
class StatusController {

  private final Datasets datasets;
  private final BulkUploadStatuses statuses;
  private final Cancellation cancellation;
  private final StatusPolling polling;
  private final StatusEvents events;
  private final FailureReport failures;
  private final Seats seats;

  StatusController(
      Datasets datasets,
      BulkUploadStatuses statuses,
      Cancellation cancellation,
      StatusPolling polling,
      StatusEvents events,
      FailureReport failures,
      Seats seats) {
    this.datasets = datasets;
    this.statuses = statuses;
    this.cancellation = cancellation;
    this.polling = polling;
    this.events = events;
    this.failures = failures;
    this.seats = seats;
  }

  @GetMapping(
      path = {"/images/bulk-upload/status", "/bulk-upload/status"},
      produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv", MediaType.TEXT_EVENT_STREAM_VALUE})
  void status(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, HttpMediaTypeNotAcceptableException {
    datasets.requireReadable(caller, datasetId);
    var version = statuses.get(datasetId);
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    switch (wanted(request)) {
      case STATUS -> polling.answer(caller, version, request, response);
      case FAILURES -> failures.send(version, response);
      case EVENTS -> {
        try (var _ = seats.take(caller.organizationId())) {
          events.send(version, request.getHeader("Last-Event-ID"), response);
        }
      }
    }
  }

  private static Representation wanted(HttpServletRequest request)
      throws HttpMediaTypeNotAcceptableException {
    return Representation.wanted(
        new HeaderContentNegotiationStrategy().resolveMediaTypes(new ServletWebRequest(request)));
  }

  /// Answers with the status that the upload has in the end.
  @PostMapping(path = "/images/bulk-upload/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
  void cancel(
      Caller caller, @PathVariable("dataset_id") long datasetId, HttpServletResponse response)
      throws IOException {
    cancellation.cancel(caller, datasetId);
    response.setStatus(HttpStatus.ACCEPTED.value());
    polling.send(statuses.get(datasetId), response);
  }
}
