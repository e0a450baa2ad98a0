package dev.darkroom.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import java.util.List;
import java.util.Map;

/// An archive and what is asked for with it. The same one is uploaded in every round.
///
/// @param schema the dataset's visual schema; empty for none
/// @param request what the request says beside the URL
record Upload(
    String trainingVersion, String schema, Map<String, Object> request, ZipServer source) {

  /// One of each kind: captions under a schema; captions, moderation and copies left out; provided
  /// captions, from a server without ranges.
  static List<Upload> all() {
    return List.of(
        new Upload(
            "fibo",
            "{\"style_medium\": \"oil painting\"}",
            Map.of(),
            ZipServer.serving(Archives.plain(140, 64))),
        new Upload(
            "max",
            "",
            Map.of(
                "automatic_captioning", true, "content_moderation", true, "deduplicate", "exact"),
            ZipServer.serving(Archives.withSomeTexts(130, 84))),
        new Upload(
            "max", "", Map.of(), ZipServer.serving(Archives.withTexts(80, 104)).ignoreRanges()));
  }

  /// The id of the dataset that it goes to.
  long submit(ApiClient api) {
    var client = new UploadClient(api);
    long dataset = client.dataset(trainingVersion);
    if (!schema.isEmpty()) {
      api.put(UploadClient.path(dataset, ""), Map.of("visual_schema", schema));
    }
    var answer = client.submit(dataset, source.url(), request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return dataset;
  }
}
