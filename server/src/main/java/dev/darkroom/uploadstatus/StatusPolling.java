package dev.darkroom.uploadstatus;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.BulkUploadFailure.NotFound;
import dev.darkroom.bulkupload.StatusVersion;
import dev.darkroom.failure.FailureException;
import dev.darkroom.uploadstatus.StatusBodies.Detail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Answers those who ask for a status again and again: with the status, or that it is still the one
/// that they have (`If-None-Match`), at once, or as soon as it is another (`Prefer: wait`).
@Component
final class StatusPolling {

  private final StatusBodies bodies;
  private final StatusWatch watch;
  private final Seats seats;

  StatusPolling(StatusBodies bodies, StatusWatch watch, Seats seats) {
    this.bodies = bodies;
    this.watch = watch;
    this.seats = seats;
  }

  /// @param arrival the version that the status had when the request came
  void answer(
      Caller caller,
      StatusVersion arrival,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<ETag> known =
        ETag.parse(
            String.join(",", Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH))));
    var wait = PreferredWait.of(request);
    var version = arrival;
    if (wait.isPresent() && (known.isEmpty() || isAmong(known, arrival))) {
      version = next(caller, arrival, wait.get(), response);
    }
    if (isAmong(known, version)) {
      response.setStatus(HttpStatus.NOT_MODIFIED.value());
      describe(version, response);
    } else {
      send(version, response);
    }
  }

  /// The version after that at the arrival, or the same where none came in time. A final one is
  /// waited for by nobody, and where there is no seat the preference is passed over.
  private StatusVersion next(
      Caller caller, StatusVersion arrival, PreferredWait wait, HttpServletResponse response) {
    var seat = seats.find(caller.organizationId());
    if (seat.isEmpty()) return arrival;
    try (var _ = seat.get()) {
      response.setHeader(PreferredWait.APPLIED, wait.applied());
      if (arrival.isFinal()) return arrival;
      return watch.await(arrival, wait.duration()).orElseThrow(() -> gone(arrival));
    }
  }

  /// Sends the status of a version, or of a later one.
  void send(StatusVersion version, HttpServletResponse response) throws IOException {
    try (var body = bodies.open(version, Detail.ALL).orElseThrow(() -> gone(version))) {
      describe(body.version(), response);
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      body.rendering().send(response);
    }
  }

  private static void describe(StatusVersion version, HttpServletResponse response) {
    response.setHeader(HttpHeaders.ETAG, tag(version).formattedTag());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  private static boolean isAmong(List<ETag> known, StatusVersion version) {
    return known.stream().anyMatch(each -> each.isWildcard() || each.compare(tag(version), false));
  }

  /// Weak, because two statuses of a version may differ in their `eta_seconds`.
  private static ETag tag(StatusVersion version) {
    return new ETag(version.tag(), true);
  }

  private static FailureException gone(StatusVersion version) {
    return new FailureException(new NotFound(version.datasetId()));
  }
}
