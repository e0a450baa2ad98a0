package dev.darkroom.basicupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.bulkupload.UploadClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/// Uploads single images as a client does, over HTTP.
final class BasicUploadClient {

  private final UploadClient client;

  BasicUploadClient(TestServer server) {
    this.client = new UploadClient(server);
  }

  ApiClient api() {
    return client.api();
  }

  /// A new basic FIBO dataset without a visual schema: nothing captions its images.
  long dataset() {
    return client.dataset("fibo", "basic");
  }

  long legacy() {
    return client.dataset("max", "basic");
  }

  long advanced() {
    return client.dataset("fibo", "advanced");
  }

  static String path(long dataset, String rest) {
    return UploadClient.path(dataset, rest);
  }

  Answer send(long dataset, Object body) {
    return api().post(path(dataset, "/images"), body);
  }

  Answer send(long dataset, byte[] image, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("file", base64(image));
    return send(dataset, body);
  }

  Answer send(long dataset, byte[] image) {
    return send(dataset, image, Map.of());
  }

  Answer sendUrl(long dataset, String url) {
    return send(dataset, Map.of("image_url", url));
  }

  Answer send(long dataset, TestForm form) {
    return api()
        .with("Content-Type", form.contentType())
        .send("POST", path(dataset, "/images"), BodyPublishers.ofByteArray(form.body()));
  }

  /// The image that such an answer tells of.
  static JsonNode added(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.type()).as(answer.text()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(status);
  }

  JsonNode images(long dataset) {
    return client.images(dataset);
  }

  JsonNode image(JsonNode image) {
    return api()
        .get(path(image.get("dataset_id").asLong(), "/images/" + image.get("id").asLong()))
        .json();
  }

  JsonNode datasetAsSeen(long dataset) {
    return client.datasetAsSeen(dataset);
  }

  /// What the image's link gives.
  byte[] bytes(JsonNode image) {
    Answer answer = api().get(image.get("image_url").asString());
    assertThat(answer.status()).isEqualTo(200);
    return answer.bytes();
  }

  BufferedImage picture(JsonNode image) {
    return read(bytes(image));
  }

  BufferedImage thumbnail(JsonNode image) {
    return read(api().get(image.get("thumbnail_url").asString()).bytes());
  }

  private static BufferedImage read(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
