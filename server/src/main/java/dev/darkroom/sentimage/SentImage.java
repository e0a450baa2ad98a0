package dev.darkroom.sentimage;

import dev.darkroom.fetch.SourceUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// An image as a request brings it along.
public sealed interface SentImage {

  Pattern DATA_URL = Pattern.compile("(?i)^\\s*data:[^,]*;base64,");

  /// Its bytes are here.
  ///
  /// @param length of them
  record Inline(long length, Bytes bytes) implements SentImage {}

  /// Its bytes are to be fetched.
  record Remote(SourceUrl url) implements SentImage {}

  /// Gives the bytes of an image from the first on; the caller closes the stream.
  @FunctionalInterface
  interface Bytes {
    InputStream open() throws IOException;
  }

  /// Reads an image in base64, with or without the prefix of a `data:` URL, with or without line
  /// breaks. None where the text is not base64.
  static Optional<SentImage> ofBase64(String text) {
    var base64 = DATA_URL.matcher(text).replaceFirst("").replaceAll("\\s+", "");
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(new Inline(bytes.length, () -> new ByteArrayInputStream(bytes)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
