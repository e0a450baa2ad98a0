package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.HeaderInvalid;
import dev.darkroom.stagedupload.StagedUploadFailure.Plain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The headers of the protocol tus, read and written.
final class TusHeaders {

  static final String VERSION = "1.0.0";
  static final String EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination";

  static final String RESUMABLE = "Tus-Resumable";
  static final String VERSIONS = "Tus-Version";
  static final String LENGTH = "Upload-Length";
  static final String OFFSET = "Upload-Offset";
  static final String EXPIRES = "Upload-Expires";

  /// The media type of bytes that go on at an offset.
  static final String BYTES = "application/offset+octet-stream";

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /// RFC 9110, section 5.6.7, which wants two digits of the day.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TusHeaders() {}

  static void requireVersion(HttpServletRequest request, HttpServletResponse response) {
    if (!VERSION.equals(request.getHeader(RESUMABLE))) {
      response.setHeader(VERSIONS, VERSION);
      throw new FailureException(Plain.VERSION_UNSUPPORTED);
    }
  }

  /// A number of bytes, which must be there.
  static long number(HttpServletRequest request, String header) {
    @Nullable String text = request.getHeader(header);
    if (text == null || !DIGITS.matcher(text.strip()).matches()) {
      throw new FailureException(new HeaderInvalid(header, "a number of bytes"));
    }
    return Long.parseLong(text.strip());
  }

  /// All that there is to know before more is sent.
  static void tell(StagedUpload upload, HttpServletResponse response) {
    new Told(response).at(upload.offset(), upload.expiresAt());
    response.setHeader(LENGTH, Long.toString(upload.length()));
    if (upload.metadata() != null) response.setHeader(UploadMetadata.HEADER, upload.metadata());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /// Keeps the answer at how far the upload has come, whatever answer it will be.
  record Told(HttpServletResponse response) implements Reception.Progress {

    @Override
    public void at(long offset, Instant expiresAt) {
      response.setHeader(OFFSET, Long.toString(offset));
      response.setHeader(EXPIRES, HTTP_DATE.format(expiresAt));
    }
  }
}
