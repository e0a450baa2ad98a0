package dev.darkroom.dataset;

import dev.darkroom.api.RequestedRange;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.LinkTerms;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/// Answers whoever holds a signed link to a picture. The bytes came from a stranger: a browser is
/// told to show them as the image that they are and to run nothing.
@Component
public class LinkedFiles {

  private final ObjectStore store;
  private final SignedUrls signedUrls;
  private final Clock clock;

  LinkedFiles(ObjectStore store, SignedUrls signedUrls, Clock clock) {
    this.store = store;
    this.signedUrls = signedUrls;
    this.clock = clock;
  }

  /// Sends what the link leads to, as much as the request asks for, or says where the store hands
  /// it out.
  ///
  /// @param path which the link was made for
  /// @param found finds the file, once the link has proved good
  public void answer(
      String path,
      Supplier<LinkedFile> found,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var expiry =
        signedUrls.check(path, request.getParameter("expires"), request.getParameter("signature"));
    var file = found.get();
    var maxAge = Duration.between(clock.instant(), expiry);
    response.setHeader(
        HttpHeaders.CACHE_CONTROL, CacheControl.maxAge(maxAge).cachePrivate().getHeaderValue());
    var elsewhere = request.getMethod().equals("HEAD") ? null : signedUrl(file, expiry);
    if (elsewhere != null) {
      response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
      response.setHeader(HttpHeaders.LOCATION, elsewhere.toString());
    } else if (!new ServletWebRequest(request, response).checkNotModified(file.etag())) {
      send(file, request, response);
    }
  }

  /// Where the store hands the file out by itself; it is signed for a GET alone.
  private @Nullable URI signedUrl(LinkedFile file, Instant expiry) {
    var terms = new LinkTerms(expiry, file.format().mediaType(), disposition(file));
    try {
      return store.signedUrl(file.key(), terms).orElse(null);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void send(LinkedFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var range = RequestedRange.of(request, file.etag(), length(file));
    if (range.isPart()) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
      if (!range.isSatisfiable()) {
        throw new FailureException(new DatasetFailure.RangeNotSatisfiable(range.total()));
      }
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    }
    try (var bytes = open(file, range)) {
      describe(response, file);
      response.setContentLengthLong(range.length());
      if (!request.getMethod().equals("HEAD")) {
        bytes.transferTo(response.getOutputStream());
      }
    }
  }

  private static void describe(HttpServletResponse response, LinkedFile file) {
    response.setContentType(file.format().mediaType());
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(file));
  }

  private static String disposition(LinkedFile file) {
    return ContentDisposition.inline()
        .filename(file.name(), StandardCharsets.UTF_8)
        .build()
        .toString();
  }

  private long length(LinkedFile file) {
    try {
      return store.length(file.key());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private InputStream open(LinkedFile file, RequestedRange range) {
    try {
      return store.get(file.key(), range.start(), range.length());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static FailureException failed(LinkedFile file, IOException cause) {
    return switch (cause) {
      case ObjectNotFoundException e -> new FailureException(file.gone(), e);
      default -> new FailureException(StorageFailure.Plain.UNREACHABLE, cause);
    };
  }
}
