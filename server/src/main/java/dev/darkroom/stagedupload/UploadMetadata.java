package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.HeaderInvalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client says of its upload: keys, each with a value in base64 or none.
///
/// @param sent as it came, to be handed back; null where nothing did
/// @param fileName fit to be shown; null where none was sent
record UploadMetadata(@Nullable String sent, @Nullable String fileName) {

  static final String HEADER = "Upload-Metadata";

  private static final Pattern PAIR = Pattern.compile("([\\x21-\\x2b\\x2d-\\x7e]+)(?: +(\\S+))? *");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final String RULE =
      "keys with values in base64, such as filename cGxhdGVzLnppcA==";
  private static final int MAX_NAME = 1024;

  static UploadMetadata parse(@Nullable String header) {
    if (header == null || header.isBlank()) return new UploadMetadata(null, null);
    Map<String, byte[]> values = new HashMap<>();
    for (String pair : header.strip().split(",", -1)) {
      var parts = PAIR.matcher(pair.strip());
      if (!parts.matches()) throw invalid();
      if (values.put(parts.group(1), decoded(parts.group(2))) != null) throw invalid();
    }
    return new UploadMetadata(header, name(values.get("filename")));
  }

  private static byte[] decoded(@Nullable String base64) {
    try {
      return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
  }

  private static @Nullable String name(byte @Nullable [] utf8) {
    if (utf8 == null || utf8.length == 0) return null;
    var text = CONTROL.matcher(new String(utf8, StandardCharsets.UTF_8)).replaceAll("\ufffd");
    int length = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(length, MAX_NAME)));
  }

  private static FailureException invalid() {
    return new FailureException(new HeaderInvalid(HEADER, RULE));
  }
}
