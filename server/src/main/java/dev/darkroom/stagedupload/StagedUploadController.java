package dev.darkroom.stagedupload;

import dev.darkroom.api.Caller;
import dev.darkroom.api.Page;
import dev.darkroom.api.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
/// everyone, and uploads as JSON.
@RestController
@RequestMapping("/uploads")
class StagedUploadController {

  private final StagedIntake intake;
  private final StagedUploads uploads;
  private final PublicUrl publicUrl;

  StagedUploadController(StagedIntake intake, StagedUploads uploads, PublicUrl publicUrl) {
    this.intake = intake;
    this.uploads = uploads;
    this.publicUrl = publicUrl;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  ResponseEntity<Void> capabilities() {
    return ResponseEntity.noContent()
        .allow(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)
        .header(TusHeaders.VERSIONS, TusHeaders.VERSION)
        .header("Tus-Extension", TusHeaders.EXTENSIONS)
        .header("Tus-Max-Size", Long.toString(intake.maxBytes()))
        .header("Tus-Checksum-Algorithm", UploadChecksum.NAMES)
        .build();
  }

  /// All that lie here; they are bounded.
  @GetMapping(
      params = {"!page", "!num_results_per_page"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<List<ShownUpload>> listAll(Caller caller) {
    var all = uploads.list(caller, 0, Integer.MAX_VALUE);
    return listed(all.size()).body(shown(all));
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<List<ShownUpload>> listPage(Caller caller, HttpServletRequest request) {
    var page = Page.of(request.getParameter("page"), request.getParameter("num_results_per_page"));
    var some = uploads.list(caller, page.offset(), page.size());
    int total = uploads.count(caller);
    String url = publicUrl.of(request) + request.getRequestURI();
    return listed(total).header(HttpHeaders.LINK, page.links(url, total)).body(shown(some));
  }

  private static ResponseEntity.BodyBuilder listed(int total) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(Page.TOTAL, Integer.toString(total));
  }

  private static List<ShownUpload> shown(List<StagedUpload> uploads) {
    return uploads.stream().map(ShownUpload::of).toList();
  }

  @GetMapping(path = "/{upload_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ShownUpload> get(Caller caller, @PathVariable("upload_id") long uploadId) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(ShownUpload.of(uploads.get(caller, uploadId)));
  }
}
