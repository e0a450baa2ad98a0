package dev.darkroom.vision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request that a [FakeVisionModel] was sent.
///
/// @param headers with names in lower case
public record ModelRequest(String path, Map<String, String> headers, JsonNode body) {

  private static final String DATA_URL = "data:image/jpeg;base64,";
  private static final JsonMapper JSON = JsonMapper.shared();

  public boolean isChat() {
    return path.endsWith("/chat/completions");
  }

  public @Nullable String authorization() {
    return headers.get("authorization");
  }

  /// All that is said in words, in the order of the messages.
  public String text() {
    return Stream.concat(
            messages()
                .filter(message -> message.path("content").isString())
                .map(message -> message.path("content").asString()),
            parts("text").map(part -> part.path("text").asString()))
        .collect(Collectors.joining("\n"));
  }

  /// Width and height of each picture that is shown.
  public List<List<Integer>> pictureSizes() {
    return pictures().stream().map(ModelRequest::size).toList();
  }

  /// The JPEGs that are shown.
  public List<byte[]> pictures() {
    return parts("image_url").map(part -> decoded(part.at("/image_url/url").asString())).toList();
  }

  /// What the reply must follow: the strict schema of the request, or the one in its text.
  public Optional<JsonNode> schema() {
    JsonNode strict = body.at("/response_format/json_schema/schema");
    if (strict.isObject()) return Optional.of(strict);
    return text()
        .lines()
        .filter(line -> line.startsWith("{") && line.contains("\"properties\""))
        .<JsonNode>map(JSON::readTree)
        .findFirst();
  }

  private Stream<JsonNode> messages() {
    return body.path("messages").valueStream();
  }

  /// Of a chat's messages, or of what is to be moderated.
  private Stream<JsonNode> parts(String type) {
    return Stream.concat(
            messages().flatMap(message -> message.path("content").valueStream()),
            body.path("input").valueStream())
        .filter(part -> part.path("type").asString("").equals(type));
  }

  private static byte[] decoded(String url) {
    if (!url.startsWith(DATA_URL)) throw new AssertionError("no JPEG as a data URL: " + url);
    return Base64.getDecoder().decode(url.substring(DATA_URL.length()));
  }

  private static List<Integer> size(byte[] jpeg) {
    try {
      var picture = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
      return List.of(picture.getWidth(), picture.getHeight());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
