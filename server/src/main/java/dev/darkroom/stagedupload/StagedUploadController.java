package dev.darkroom.stagedupload;

import dev.darkroom.api.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// What is to be known of uploads without speaking the protocol: what the server takes, for
/// everyone, and one upload as JSON.
@RestController
@RequestMapping("/uploads")
class StagedUploadController {

  private final StagedIntake intake;
  private final StagedUploads uploads;

  StagedUploadController(StagedIntake intake, StagedUploads uploads) {
    this.intake = intake;
    this.uploads = uploads;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  ResponseEntity<Void> capabilities() {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.POST)
        .header(TusHeaders.VERSIONS, TusHeaders.VERSION)
        .header("Tus-Extension", TusHeaders.EXTENSIONS)
        .header("Tus-Max-Size", Long.toString(intake.maxBytes()))
        .header("Tus-Checksum-Algorithm", UploadChecksum.NAMES)
        .build();
  }

  @GetMapping(path = "/{upload_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ShownUpload> get(Caller caller, @PathVariable("upload_id") long uploadId) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(ShownUpload.of(uploads.get(caller, uploadId)));
  }
}
