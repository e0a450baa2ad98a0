package dev.darkroom.stagedupload;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.api.PublicUrl;
import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.Plain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Resumable uploads by the protocol tus, version 1.0.0, with its extensions creation,
/// creation-with-upload, expiration, checksum and termination. What every answer carries, and which
/// method a request means, is [TusFilter]'s.
@RestController
@RequestMapping("/uploads")
class TusController {

  private static final ApiFailure NOT_BYTES =
      new ApiFailure.Refused(
          415,
          "request.media-type-not-supported",
          "Send the bytes as %s, and say so in Content-Type.".formatted(TusHeaders.BYTES));

  private final StagedIntake intake;
  private final StagedUploads uploads;
  private final Reception reception;
  private final Places places;
  private final PublicUrl publicUrl;

  TusController(
      StagedIntake intake,
      StagedUploads uploads,
      Reception reception,
      Places places,
      PublicUrl publicUrl) {
    this.intake = intake;
    this.uploads = uploads;
    this.reception = reception;
    this.places = places;
    this.publicUrl = publicUrl;
  }

  /// Before anything else of a request is looked at, as the protocol asks.
  @ModelAttribute
  void requireVersion(HttpServletRequest request, HttpServletResponse response) {
    TusHeaders.requireVersion(request, response);
  }

  /// Its first bytes may come with it. Where none of them would be taken nothing is begun, since
  /// the client tries again, and would leave an upload of its full length behind each time.
  @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ShownUpload> create(
      Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getHeader("Upload-Defer-Length") != null) {
      throw new FailureException(Plain.LENGTH_DEFERRED);
    }
    long length = TusHeaders.number(request, TusHeaders.LENGTH);
    var metadata = UploadMetadata.parse(request.getHeader(UploadMetadata.HEADER));
    var body = hasBody(request) ? body(request) : null;
    if (body != null) body.requireFit(length, 0);
    try (var _ = body == null ? null : places.take(caller.organizationId())) {
      var upload = intake.begin(caller, length, metadata);
      var told = tell(upload, request, response);
      if (body != null) reception.receive(upload, 0, body, told);
      return ResponseEntity.status(HttpStatus.CREATED)
          .body(ShownUpload.of(uploads.get(caller, upload.id())));
    }
  }

  /// Where the upload is, and how far, whatever becomes of the bytes that came with it.
  private TusHeaders.Told tell(
      StagedUpload upload, HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.LOCATION, location(request, upload).toString());
    var told = new TusHeaders.Told(response);
    told.at(upload.offset(), upload.expiresAt());
    return told;
  }

  @RequestMapping(path = "/{upload_id}", method = RequestMethod.HEAD)
  void tell(Caller caller, @PathVariable("upload_id") long uploadId, HttpServletResponse response) {
    TusHeaders.tell(uploads.get(caller, uploadId), response);
  }

  @PatchMapping("/{upload_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void receive(
      Caller caller,
      @PathVariable("upload_id") long uploadId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    long offset = TusHeaders.number(request, TusHeaders.OFFSET);
    var body = body(request);
    var upload = uploads.getForChange(caller, uploadId);
    try (var _ = places.take(caller.organizationId())) {
      reception.receive(upload, offset, body, new TusHeaders.Told(response));
    }
  }

  @DeleteMapping("/{upload_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void terminate(Caller caller, @PathVariable("upload_id") long uploadId) {
    var upload = uploads.getForChange(caller, uploadId);
    uploads.terminate(caller, upload.id());
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static Body body(HttpServletRequest request) throws IOException {
    if (!TusHeaders.BYTES.equalsIgnoreCase(request.getContentType())) {
      throw new FailureException(NOT_BYTES);
    }
    @Nullable String checksum = request.getHeader(UploadChecksum.HEADER);
    return new Body(
        request.getInputStream(),
        request.getContentLengthLong(),
        checksum == null ? null : UploadChecksum.parse(checksum));
  }

  private URI location(HttpServletRequest request, StagedUpload upload) {
    return URI.create(
        "%s%s/uploads/%d".formatted(publicUrl.of(request), request.getContextPath(), upload.id()));
  }
}
