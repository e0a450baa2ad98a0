package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.ZipServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Looks for secrets where they must not be: in every row of the database, in the log, in answers.
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

  private static final String SECRET = "top-secret-signature";

  @Test
  void stayOutOfRowsLogAndAnswersWhateverBecomesOfTheUpload(CapturedOutput output) {
    try (var server =
            TestServer.start(
                Map.of(
                    "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                    "darkroom.limits.min-dimension", "64",
                    "darkroom.job.retry-delay", "1ms",
                    "logging.level.dev.darkroom", "trace"));
        var good = ZipServer.serving(TinyImages.zip(2));
        var gone = ZipServer.serving(TinyImages.zip(2))) {
      var client = new UploadClient(server);
      var completed = client.upload(client.dataset("fibo"), withSecret(good));
      assertThat(completed.get("status").asString()).isEqualTo("completed");

      gone.always(404, "text/plain", "not here");
      var refused = client.submit(client.dataset("fibo"), withSecret(gone));
      assertThat(refused.status()).isEqualTo(400);

      assertThat(completed.toString() + refused.text()).doesNotContain(SECRET);
      assertThat(rows(server)).contains("bulk_upload").doesNotContain(SECRET, TestServer.TOKEN);
      assertThat(output.getAll()).doesNotContain(SECRET, TestServer.TOKEN);
    }
  }

  private static String withSecret(ZipServer source) {
    return source.url() + "?X-Amz-Signature=" + SECRET;
  }

  /// Every row of every table, as text.
  private static String rows(TestServer server) {
    return server
        .jdbc()
        .sql(
            """
            SELECT string_agg(
              table_name || query_to_xml('SELECT * FROM ' || quote_ident(table_name), true, false, '')::text, ' ')
            FROM information_schema.tables WHERE table_schema = 'public'
            """)
        .query((row, _) -> row.getString(1))
        .single();
  }
}
