package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageControllerTest {

  private static TestServer server;
  private static ApiClient client;
  private static TestDatasets datasets;
  private static TestImages images;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ApiClient.of(server);
    datasets = new TestDatasets(client);
    images = new TestImages(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsAnImageWithItsFactsAndLinks() {
    var dataset = datasets.legacy();
    var upload = images.upload(dataset, "completed");
    images.add(dataset, upload, 7, "shoot/007.png", "a cat");
    server.bean(DatasetImages.class).publish(upload);

    var image = client.get(path(dataset) + "/images").json().get(0);
    assertThat(image.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "dataset_id",
            "caption",
            "caption_source",
            "caption_author",
            "upload_source_url",
            "image_name",
            "image_url",
            "thumbnail_url",
            "created_at",
            "updated_at",
            "width",
            "height",
            "format",
            "size_bytes",
            "sha256",
            "ordinal");
    assertThat(image.get("dataset_id").asLong()).isEqualTo(dataset);
    assertThat(image.get("caption").asString()).isEqualTo("a cat");
    assertThat(image.get("caption_source").asString()).isEqualTo("manual");
    assertThat(image.get("upload_source_url").isNull()).isTrue();
    assertThat(image.get("image_name").asString()).isEqualTo("shoot/007.png");
    assertThat(image.get("width").asInt()).isEqualTo(1600);
    assertThat(image.get("height").asInt()).isEqualTo(1200);
    assertThat(image.get("format").asString()).isEqualTo("png");
    assertThat(image.get("size_bytes").asInt()).isEqualTo(TestImages.original(7).length);
    assertThat(image.get("sha256").asString()).isEqualTo(TestImages.sha256(TestImages.original(7)));
    assertThat(image.get("ordinal").asInt()).isEqualTo(7);
    assertThat(image.get("created_at").asString()).endsWith("Z").hasSize(20);
    assertThat(image.get("image_url").asString()).startsWith(server.baseUrl() + "/files/");

    var one = path(dataset) + "/images/" + image.get("id");
    assertThat(client.get(one).json()).isEqualTo(image);
    assertThat(client.get(path(dataset)).json().get("images").get(0)).isEqualTo(image);
  }

  @Test
  void showsAnImageWithoutACaptionAsSuch() {
    var dataset = datasets.fibo();
    images.publish(dataset, 1);
    var image = client.get(path(dataset) + "/images").json().get(0);
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("caption_source").isNull()).isTrue();
  }

  @Test
  void listsAllInArchiveOrderHoweverTheyCameIn() {
    var dataset = datasets.fibo();
    var upload = images.upload(dataset, "completed");
    for (var ordinal : new int[] {5, 1, 9, 3}) {
      images.add(dataset, upload, ordinal, "same.png");
    }
    server.bean(DatasetImages.class).publish(upload);

    var answer = client.get(path(dataset) + "/images");
    assertThat(answer.header("X-Total-Count")).hasValue("4");
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.json().valueStream().map(i -> i.get("ordinal").asInt()))
        .containsExactly(1, 3, 5, 9);
  }

  @Test
  void listsMoreThanItReadsAtATime() {
    var dataset = datasets.fibo();
    images.publish(dataset, 1);
    server
        .jdbc()
        .sql(
            """
            INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, width, height,
                                       format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at)
            SELECT dataset_id, stored_object_id, n / 2, true, n || '.jpg', width, height,
                   format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at
            FROM dataset_image, generate_series(2, 1300) n WHERE dataset_id = :id
            """)
        .param("id", dataset)
        .update();

    var listed = client.get(path(dataset) + "/images").json();
    assertThat(listed.size()).isEqualTo(1300);
    assertThat(listed.valueStream().map(i -> i.get("id").asLong()).distinct()).hasSize(1300);
    assertThat(listed.valueStream().map(i -> i.get("ordinal").asInt()).toList())
        .isSorted()
        .endsWith(649, 650);
  }

  @Test
  void pagesThroughTheList() {
    var dataset = datasets.fibo();
    images.publish(dataset, 5);
    var list = path(dataset) + "/images";

    var first = client.get("/v1" + list + "?page=1&num_results_per_page=2");
    assertThat(ordinals(first)).containsExactly(0, 1);
    assertThat(first.header("X-Total-Count")).hasValue("5");
    assertThat(first.header("Link").orElseThrow())
        .contains(
            "<%s/v1%s?page=2&num_results_per_page=2>; rel=\"next\""
                .formatted(server.baseUrl(), list))
        .contains("page=3&num_results_per_page=2>; rel=\"last\"")
        .contains("page=1&num_results_per_page=2>; rel=\"first\"")
        .doesNotContain("prev");
    assertThat(ordinals(client.get(list + "?page=2&num_results_per_page=2"))).containsExactly(2, 3);
    var last = client.get(list + "?page=3&num_results_per_page=2");
    assertThat(ordinals(last)).containsExactly(4);
    assertThat(last.header("Link").orElseThrow())
        .contains("page=2&num_results_per_page=2>; rel=\"prev\"")
        .doesNotContain("next");
    assertThat(ordinals(client.get(list + "?page=4&num_results_per_page=2"))).isEmpty();
    assertThat(ordinals(client.get(list + "?page=2147483647&num_results_per_page=1000"))).isEmpty();
    assertThat(ordinals(client.get(list + "?num_results_per_page=3"))).containsExactly(0, 1, 2);
    assertThat(ordinals(client.get(list + "?page=1"))).hasSize(5);
  }

  private static List<Integer> ordinals(ApiClient.Answer answer) {
    return answer.json().valueStream().map(i -> i.get("ordinal").asInt()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=0",
        "page=-1",
        "page=x",
        "page=",
        "page=0x1",
        "page=99999999999",
        "num_results_per_page=0",
        "num_results_per_page=1001",
        "num_results_per_page=1.5"
      })
  void refusesPagesThatCannotBe(String query) {
    var answer = client.get(path(999_999) + "/images?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("request.parameter-invalid");
    assertThat(answer.text()).contains(query.substring(0, query.indexOf('=')));
  }

  @Test
  void findsAnImageInItsOwnDatasetOnly() {
    var dataset = datasets.fibo();
    var other = datasets.fibo();
    images.publish(dataset, 1);
    var image = client.get(path(dataset) + "/images").json().get(0).get("id").asLong();

    assertThat(client.get(path(other) + "/images/" + image).type())
        .isEqualTo("dataset.image-not-found");
    assertThat(client.delete(path(other) + "/images/" + image).status()).isEqualTo(404);
    assertThat(client.get(path(dataset) + "/images/" + image).status()).isEqualTo(200);
  }

  @Test
  void hidesAnImageUntilItIsPublished() {
    var dataset = datasets.fibo();
    var upload = images.upload(dataset, "processing");
    images.add(dataset, upload, 0, "a.png");
    var id =
        server
            .jdbc()
            .sql("SELECT id FROM dataset_image WHERE dataset_id = :id")
            .param("id", dataset)
            .query((row, _) -> row.getLong(1))
            .single();

    assertThat(client.get(path(dataset) + "/images").text()).isEqualTo("[]");
    assertThat(client.get(path(dataset) + "/images").header("X-Total-Count")).hasValue("0");
    assertThat(client.get(path(dataset) + "/images?page=1").text()).isEqualTo("[]");
    assertThat(client.get(path(dataset) + "/images/" + id).status()).isEqualTo(404);
    assertThat(client.delete(path(dataset) + "/images/" + id).status()).isEqualTo(404);
  }

  @Test
  void addsAnImageOnceHoweverOftenItIsAdded() {
    var dataset = datasets.fibo();
    var upload = images.upload(dataset, "completed");
    images.add(dataset, upload, 0, "first.png");
    images.add(dataset, upload, 0, "second.png");
    var rows = server.bean(DatasetImages.class);
    assertThat(rows.publish(upload)).isEqualTo(1);
    assertThat(rows.publish(upload)).isZero();
    assertThat(client.get(path(dataset) + "/images").text())
        .contains("first.png")
        .doesNotContain("second.png");

    rows.removeOf(upload);
    assertThat(client.get(path(dataset) + "/images").text()).isEqualTo("[]");
  }

  @Test
  void deletesAnImageOfADraftOnly() {
    var dataset = datasets.legacy();
    images.publish(dataset, 2);
    var listed = client.get(path(dataset) + "/images").json();
    var first = path(dataset) + "/images/" + listed.get(0).get("id");
    var second = path(dataset) + "/images/" + listed.get(1).get("id");

    assertThat(client.delete(first).status()).isEqualTo(204);
    assertThat(client.get(first).status()).isEqualTo(404);
    assertThat(client.delete(first).status()).isEqualTo(404);
    assertThat(client.get(path(dataset)).json().get("images_count").asInt()).isEqualTo(1);

    client.put(path(dataset), Map.of("status", "completed"));
    assertThat(client.delete(second).type()).isEqualTo("dataset.completed");
    assertThat(client.get(second).status()).isEqualTo(200);
  }
}
