package dev.darkroom.export;

import dev.darkroom.api.RequestedRange;
import dev.darkroom.api.WireName;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.SignedUrls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/// Hands exports out to whoever holds a signed link: all of one, or the range that is asked for.
/// What fails on the way breaks the connection, so that nothing short passes for complete; a client
/// that goes on with a range gets the rest of the same bytes, or all of the new ones.
@RestController
class ExportFileController {

  private final Exports exports;
  private final SignedUrls signedUrls;

  ExportFileController(Exports exports, SignedUrls signedUrls) {
    this.exports = exports;
    this.signedUrls = signedUrls;
  }

  @GetMapping("/exports/{dataset_id}/{format}/{number}")
  void serve(
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("format") String format,
      @PathVariable("number") int number,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var _ =
        signedUrls.check(
            ExportLinks.path(datasetId, format, number),
            request.getParameter("expires"),
            request.getParameter("signature"));
    var file = exports.open(datasetId, WireName.get(ExportFormat.class, format), number);
    response.setHeader(
        HttpHeaders.CACHE_CONTROL, CacheControl.noCache().cachePrivate().getHeaderValue());
    if (!new ServletWebRequest(request, response).checkNotModified(file.etag())) {
      send(file, request, response);
    }
  }

  private static void send(
      ExportFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var range = RequestedRange.of(request, file.etag(), file.content().length());
    if (range.isPart()) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
      if (!range.isSatisfiable()) {
        throw new FailureException(new ExportFailure.RangeNotSatisfiable(range.total()));
      }
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    }
    describe(response, file);
    response.setContentLengthLong(range.length());
    if (!request.getMethod().equals("HEAD")) {
      file.content().send(range.start(), range.length(), response.getOutputStream());
    }
  }

  private static void describe(HttpServletResponse response, ExportFile file) {
    response.setContentType(file.mediaType());
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(file.name()).build().toString());
  }
}
