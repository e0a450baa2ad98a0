package dev.darkroom.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Asks for webhooks as a client does, over HTTP.
record WebhookClient(UploadClient uploads) {

  private static final Duration LONG = Duration.ofMinutes(2);

  WebhookClient(ApiClient api) {
    this(new UploadClient(api));
  }

  ApiClient api() {
    return uploads.api();
  }

  /// One image in a new dataset, whose upload tells the receiver of its end.
  long submit(ZipServer source, String webhookUrl) {
    long dataset = uploads.dataset("fibo");
    var _ = submit(dataset, source, webhookUrl);
    return dataset;
  }

  Answer submit(long dataset, ZipServer source, String webhookUrl) {
    Answer answer = trySubmit(dataset, source, webhookUrl);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer;
  }

  Answer trySubmit(long dataset, ZipServer source, String webhookUrl) {
    return uploads.submit(dataset, source.url(), Map.of("webhook_url", webhookUrl));
  }

  /// A ZIP of one image that is good.
  static ZipServer source() {
    return ZipServer.serving(TestZip.with(image("a.png")));
  }

  static TestEntry image(String name) {
    return TestEntry.file(name, SampleImages.png(64, 64));
  }

  /// Newest first.
  JsonNode deliveries(long dataset) {
    Answer answer = api().get(UploadClient.path(dataset, "/images/bulk-upload/webhooks"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /// The newest one, when it stands so.
  JsonNode awaitDelivery(long dataset, String state) {
    return await()
        .atMost(LONG)
        .until(
            () -> deliveries(dataset),
            deliveries -> !deliveries.isEmpty() && state(deliveries).equals(state))
        .get(0);
  }

  private static String state(JsonNode deliveries) {
    return deliveries.get(0).get("state").asString();
  }

  Answer redeliver(JsonNode delivery) {
    return redeliver(api(), delivery.get("id").asLong());
  }

  static Answer redeliver(ApiClient api, long delivery) {
    return api.post("/tailored-gen/webhooks/%d/redeliver".formatted(delivery), "");
  }
}
