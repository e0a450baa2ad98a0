package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.ZipServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// A node without a moderator, and an upload that another node has accepted with one.
@ExtendWith(OutputCaptureExtension.class)
class ModeratorMissingTest {

  @Test
  void isWaitedForAndNothingPassesUnjudged(CapturedOutput output) {
    try (var server =
            TestServer.start(
                Map.of(
                    "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                    "darkroom.runtime", "no-such-folder",
                    "darkroom.job.retry-delay", "10ms",
                    "darkroom.job.outage-limit", "1s",
                    "darkroom.limits.min-dimension", "64",
                    "db-scheduler.polling-interval", "20ms"));
        var source = ZipServer.serving(TinyImages.zip(2))) {
      acceptAsIfByAnotherNode(server);
      var client = new UploadClient(server);
      long dataset = client.dataset("fibo");
      JsonNode status = client.upload(dataset, source.url());
      assertThat(status.get("error").get("type").asString()).isEqualTo("job.outage");
      assertThat(status.get("done").asInt()).isZero();
      assertThat(client.images(dataset)).isEmpty();
      assertThat(output).contains("moderation.missing");
      assertThat(
              client
                  .submit(client.dataset("fibo"), source.url(), Map.of("content_moderation", true))
                  .type())
          .isEqualTo("bulk-upload.no-moderator");
    }
  }

  private static void acceptAsIfByAnotherNode(TestServer server) {
    server
        .jdbc()
        .sql(
            """
            CREATE FUNCTION moderate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              NEW.content_moderation = true;
              RETURN NEW;
            END $$
            """)
        .update();
    server
        .jdbc()
        .sql(
            "CREATE TRIGGER moderate BEFORE INSERT ON bulk_upload FOR EACH ROW EXECUTE FUNCTION moderate()")
        .update();
  }
}
