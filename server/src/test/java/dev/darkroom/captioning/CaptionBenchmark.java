package dev.darkroom.captioning;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// How near one node comes to what a vision model can give: 500 pictures, a second an answer, 16 at
/// a time. Prints the ratio of the time that the model alone would need to the time of the run.
final class CaptionBenchmark {

  private static final int PICTURES = 500;
  private static final int LANES = 16;
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private CaptionBenchmark() {}

  public static void main(String[] arguments) {
    try (var model =
            FakeVisionModel.start().always(ModelBehaviour.delayed(ANSWER, ModelBehaviour.well()));
        var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(PICTURES)));
        var server = TestServer.start(properties(model))) {
      var client = new UploadClient(server);
      long dataset = client.dataset("fibo");
      client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
      System.out.println(client.submit(dataset, source.url()).text());
      JsonNode status = awaitEnd(client, dataset);
      double ideal = (double) PICTURES / LANES * ANSWER.toSeconds();
      double seconds = seconds(server);
      System.out.printf(
          "captions %s, %d at a time at most%n%.1f s, %.1f s at best: %.1f %%%n",
          status.get("captions"), model.highestAtATime(), seconds, ideal, 100 * ideal / seconds);
    }
  }

  private static Map<String, String> properties(FakeVisionModel model) {
    Map<String, String> properties = new HashMap<>(model.captionerProperties());
    properties.put("darkroom.fetch.allow-addresses", "127.0.0.1/32");
    properties.put("darkroom.limits.min-dimension", "64");
    return properties;
  }

  private static JsonNode awaitEnd(UploadClient client, long dataset) {
    JsonNode status = client.status(dataset);
    while (!status.get("phase").asString().equals("finished")) {
      status = client.api().get(UploadClient.path(dataset, "/images/bulk-upload/status")).json();
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    }
    return status;
  }

  private static double seconds(TestServer server) {
    return server
        .jdbc()
        .sql(
            """
            SELECT extract(epoch FROM finished_at - run.started_at)
            FROM bulk_upload JOIN caption_run run USING (id)
            """)
        .query((row, _) -> row.getDouble(1))
        .single();
  }
}
