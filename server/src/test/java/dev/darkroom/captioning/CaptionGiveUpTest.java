package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A captioner that is out for longer than the server waits.
class CaptionGiveUpTest {

  @Test
  void failsTheCaptionsThatAreLeftAndCompletesTheUpload() {
    Map<String, String> properties = new HashMap<>(CaptionRunTest.PROPERTIES);
    properties.put("darkroom.job.outage-limit", "300ms");
    var calls = new AtomicInteger();
    try (var server = TestServer.start(properties, TestCaptioner.Configuration.class);
        var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(40)))) {
      server
          .bean(TestCaptioner.class)
          .become((_, usual) -> {
            if (calls.incrementAndGet() > 3) throw TestCaptioner.OUT.exception();
            return usual;
          });
      var client = new UploadClient(server);
      long dataset = client.dataset("fibo");
      client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
      JsonNode status = client.upload(dataset, source.url());
      assertThat(status.get("status").asString()).isEqualTo("completed");
      assertThat(status.get("captions").get("done").asInt()).isEqualTo(3);
      assertThat(status.get("captions").get("failed").asInt()).isEqualTo(37);
      assertThat(client.images(dataset)).hasSize(40);
      assertThat(client.datasetAsSeen(dataset).get("captions_update_status").asString())
          .isEqualTo("completed");
    }
  }
}
