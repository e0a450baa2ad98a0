package dev.darkroom.stagedupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Uploads as a client does that speaks tus.
public record TusClient(ApiClient api) {

  static final String BYTES = "application/offset+octet-stream";

  public static TusClient of(TestServer server) {
    return new TusClient(ApiClient.of(server));
  }

  /// The same with one more header in every request.
  TusClient with(String header, String value) {
    return new TusClient(api.with(header, value));
  }

  private ApiClient speaking() {
    return api.with("Tus-Resumable", "1.0.0");
  }

  Answer create(long length) {
    return speaking()
        .with("Upload-Length", Long.toString(length))
        .with("Upload-Metadata", "filename " + base64("plates.zip"))
        .send("POST", "/uploads", BodyPublishers.noBody());
  }

  /// The path of a new upload.
  String begin(long length) {
    var created = create(length);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return URI.create(created.header("Location").orElseThrow()).getPath();
  }

  /// The id of a new upload that has no bytes yet.
  public long stage(long length) {
    return id(begin(length));
  }

  /// The id of a new upload that has all of its bytes.
  public long upload(byte[] zip) {
    var path = begin(zip.length);
    var sent = patch(path, 0, zip);
    assertThat(sent.status()).as(sent.text()).isEqualTo(204);
    return id(path);
  }

  Answer head(String path) {
    return speaking().send("HEAD", path, BodyPublishers.noBody());
  }

  /// How many bytes the server says it has.
  long offset(String path) {
    var answer = head(path);
    assertThat(answer.status()).isEqualTo(200);
    return Long.parseLong(answer.header("Upload-Offset").orElseThrow());
  }

  Answer patch(String path, long offset, byte[] bytes) {
    return patch(path, offset, BodyPublishers.ofByteArray(bytes));
  }

  Answer patch(String path, long offset, BodyPublisher body) {
    return speaking()
        .with("Upload-Offset", Long.toString(offset))
        .with("Content-Type", BYTES)
        .send("PATCH", path, body);
  }

  Answer patch(String path, byte[] all, int from, int to) {
    return patch(path, from, Arrays.copyOfRange(all, from, to));
  }

  Answer delete(String path) {
    return speaking().send("DELETE", path, BodyPublishers.noBody());
  }

  static long id(String path) {
    return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
