package dev.darkroom.basicupload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The body of a `multipart/form-data` request, part by part (RFC 7578).
final class TestForm {

  private static final String BOUNDARY = "a-boundary-of-the-tests";

  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  TestForm text(String field, String text) {
    return part("name=\"%s\"".formatted(field), text.getBytes(StandardCharsets.UTF_8));
  }

  TestForm file(String fileName, byte[] bytes) {
    return part("name=\"file\"; filename=\"%s\"".formatted(fileName), bytes);
  }

  /// A part whose disposition is written out.
  TestForm part(String disposition, byte[] bytes) {
    write("--%s\r\nContent-Disposition: form-data; %s\r\n\r\n".formatted(BOUNDARY, disposition));
    parts.writeBytes(bytes);
    write("\r\n");
    return this;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  byte[] body() {
    var body = new ByteArrayOutputStream();
    body.writeBytes(parts.toByteArray());
    body.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private void write(String text) {
    parts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
