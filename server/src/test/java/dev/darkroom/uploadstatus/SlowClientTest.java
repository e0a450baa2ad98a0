package dev.darkroom.uploadstatus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.UploadClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that ask for much and then read nothing of it.
@Timeout(180)
class SlowClientTest {

  /// More than the sockets between keep.
  private static final String LONG = "x".repeat(1000);

  private static final int CLIENTS = 20;

  private static final String BUSY =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
        AND (query LIKE '%bulk_upload_entry%' OR query LIKE '%dataset_image%')
      """;

  private static TestServer server;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void holdNothingInTheDatabase(String accept) throws IOException {
    var upload = TestUpload.of(server, client, 5000, LONG);
    upload.fail(5000);
    List<Socket> slow = new ArrayList<>();
    for (int n = 0; n < CLIENTS; n++) slow.add(ask(upload.path(), accept));
    // The first byte comes when all is read.
    for (Socket each : slow) assertThat(each.getInputStream().read()).isEqualTo('H');
    assertThat(busyConnections()).isZero();
    assertThat(client.get(upload.path()).json().get("failed_images")).hasSize(5000);
    for (Socket each : slow) each.close();
  }

  @Test
  void ofTheImageListHoldNothingInTheDatabase() throws IOException {
    long dataset = imagesOf(TestUpload.of(server, client, 1));
    String path = UploadClient.path(dataset, "/images");
    List<Socket> slow = new ArrayList<>();
    for (int n = 0; n < CLIENTS; n++) slow.add(ask(path, "application/json"));
    for (Socket each : slow) assertThat(each.getInputStream().read()).isEqualTo('H');
    assertThat(busyConnections()).isZero();
    assertThat(client.get(path).json()).hasSize(5000);
    for (Socket each : slow) each.close();
  }

  private static long imagesOf(TestUpload upload) {
    upload.change(
        """
        WITH object AS (
          INSERT INTO stored_object (object_key, created_at) VALUES ('o', now()) RETURNING id AS object_id)
        INSERT INTO dataset_image (dataset_id, stored_object_id, bulk_upload_id, ordinal, published, image_name,
          width, height, format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at)
        SELECT dataset_id, object_id, id, n, true, repeat('x', 1000), 64, 64, 'png', 1, sha256('x'), 0, false, '{}',
          now(), now()
        FROM bulk_upload, object, generate_series(1, 5000) n WHERE id = :id
        """);
    return upload.complete().dataset();
  }

  @Test
  void getAllOfItInTheEnd() throws IOException {
    var upload = TestUpload.of(server, client, 5000, LONG).complete();
    byte[] status = client.get(upload.path()).bytes();
    try (var slow = ask(upload.path(), "application/json")) {
      var first = slow.getInputStream().read();
      // Others have replaced what was kept meanwhile.
      for (int n = 0; n < 20; n++) client.get(TestUpload.of(server, client, 1).complete().path());
      byte[] rest = slow.getInputStream().readAllBytes();
      assertThat(first).isEqualTo('H');
      assertThat(new String(rest, US_ASCII)).endsWith(new String(status, US_ASCII));
    }
  }

  private static Socket ask(String path, String accept) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\napi_token: %s\r\nAccept: %s\r\n\r\n"
                .formatted(path, server.token(), accept)
                .getBytes(US_ASCII));
    return socket;
  }

  private static int busyConnections() {
    return server.jdbc().sql(BUSY).query((row, _) -> row.getInt(1)).single();
  }
}
