package dev.darkroom.dataset;

import dev.darkroom.api.RequestedRange;
import dev.darkroom.api.WireName;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.LinkTerms;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectNotFoundException;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.SignedUrls;
import dev.darkroom.storage.StorageFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/// Serves the bytes of an image to whoever holds a signed link to it, for as long as the image is
/// there. The bytes came from a stranger: a browser is told to show them as the image that they are
/// and to run nothing.
@RestController
class FileController {

  private final DatasetImages images;
  private final ObjectStore store;
  private final SignedUrls signedUrls;
  private final Clock clock;

  FileController(DatasetImages images, ObjectStore store, SignedUrls signedUrls, Clock clock) {
    this.images = images;
    this.store = store;
    this.signedUrls = signedUrls;
    this.clock = clock;
  }

  @GetMapping("/files/{image_id}/{variant:original|thumbnail}")
  void serve(
      @PathVariable("image_id") long imageId,
      @PathVariable("variant") String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var variant = WireName.get(Variant.class, name);
    var expiry =
        signedUrls.check(
            ImageLinks.path(imageId, variant),
            request.getParameter("expires"),
            request.getParameter("signature"));
    var image = images.getStored(imageId);
    var maxAge = Duration.between(clock.instant(), expiry);
    response.setHeader(
        HttpHeaders.CACHE_CONTROL, CacheControl.maxAge(maxAge).cachePrivate().getHeaderValue());
    var elsewhere = request.getMethod().equals("HEAD") ? null : signedUrl(image, variant, expiry);
    if (elsewhere != null) {
      response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
      response.setHeader(HttpHeaders.LOCATION, elsewhere.toString());
    } else if (!new ServletWebRequest(request, response).checkNotModified(image.etag(variant))) {
      send(image, variant, request, response);
    }
  }

  /// Where the store hands the image out by itself; it is signed for a GET alone.
  private @Nullable URI signedUrl(StoredImage image, Variant variant, Instant expiry) {
    var terms = new LinkTerms(expiry, image.mediaType(variant), disposition(image, variant));
    try {
      return store.signedUrl(image.key(variant), terms).orElse(null);
    } catch (IOException e) {
      throw failed(image, e);
    }
  }

  private void send(
      StoredImage image, Variant variant, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var key = image.key(variant);
    var range = RequestedRange.of(request, image.etag(variant), length(image, key));
    if (range.isPart()) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
      if (!range.isSatisfiable()) {
        throw new FailureException(new DatasetFailure.RangeNotSatisfiable(range.total()));
      }
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    }
    try (var bytes = open(image, key, range)) {
      describe(response, image, variant);
      response.setContentLengthLong(range.length());
      if (!request.getMethod().equals("HEAD")) {
        bytes.transferTo(response.getOutputStream());
      }
    }
  }

  private static void describe(HttpServletResponse response, StoredImage image, Variant variant) {
    response.setContentType(image.mediaType(variant));
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(image, variant));
  }

  private static String disposition(StoredImage image, Variant variant) {
    return ContentDisposition.inline()
        .filename(image.fileName(variant), StandardCharsets.UTF_8)
        .build()
        .toString();
  }

  private long length(StoredImage image, ObjectKey key) {
    try {
      return store.length(key);
    } catch (IOException e) {
      throw failed(image, e);
    }
  }

  private InputStream open(StoredImage image, ObjectKey key, RequestedRange range) {
    try {
      return store.get(key, range.start(), range.length());
    } catch (IOException e) {
      throw failed(image, e);
    }
  }

  private static FailureException failed(StoredImage image, IOException cause) {
    return switch (cause) {
      case ObjectNotFoundException e ->
          new FailureException(new DatasetFailure.ImageNotFound(image.id()), e);
      default -> new FailureException(StorageFailure.Plain.UNREACHABLE, cause);
    };
  }
}
