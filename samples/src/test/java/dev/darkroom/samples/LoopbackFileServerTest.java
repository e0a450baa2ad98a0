package dev.darkroom.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackFileServerTest {

  private static final String TEXT = "0123456789";

  @TempDir private Path folder;
  private LoopbackFileServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() throws IOException {
    server = LoopbackFileServer.start(Files.writeString(folder.resolve("ten.zip"), TEXT));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void servesTheWholeFileOnLoopback() throws Exception {
    var response = get();
    assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
    assertThat(server.uri().getPath()).isEqualTo("/ten.zip");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(TEXT);
    assertThat(response.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    assertThat(response.headers().firstValue("Last-Modified")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,0",
    "bytes=2-5,2,5",
    "bytes=7-,7,9",
    "bytes=7-99,7,9",
    "bytes=-3,7,9",
    "bytes=-99,0,9",
  })
  void servesARange(String range, int first, int last) throws Exception {
    var response = get("Range", range);
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(TEXT.substring(first, last + 1));
    assertThat(response.headers().firstValue("Content-Range"))
        .hasValue("bytes %d-%d/10".formatted(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=5-2", "bytes=-", "bytes=-0", "lines=1-2"})
  void refusesARangeThatIsNone(String range) throws Exception {
    var response = get("Range", range);
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */10");
  }

  @Test
  void answersConditionsByItsTag() throws Exception {
    String tag = get().headers().firstValue("ETag").orElseThrow();
    assertThat(get("If-Match", tag).statusCode()).isEqualTo(200);
    assertThat(get("If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("Range", "bytes=0-1", "If-Range", tag).statusCode()).isEqualTo(206);
    assertThat(get("Range", "bytes=0-1", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri())
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    assertThat(response.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void knowsNoOtherFile() throws Exception {
    var request = HttpRequest.newBuilder(server.uri().resolve("/other.zip")).build();
    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    var longer = HttpRequest.newBuilder(server.uri().resolve("/ten.zip.sig")).build();
    assertThat(client.send(longer, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    var request = HttpRequest.newBuilder(server.uri());
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
