package dev.darkroom.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One request to a provider and its answer. The key goes nowhere but into the header of requests
/// to the base URL: redirects are not followed, and what a server says is scrubbed of it.
final class ProviderHttp {

  /// Captions have some 5 KB. An answer without an end must not fill the heap.
  static final int MAX_ANSWER_BYTES = 4 << 20;

  /// Of an error's text, which some servers fill with the whole request.
  private static final int MAX_ERROR_BYTES = 64 << 10;

  private static final int MAX_SAID = 1_000;

  private static final Duration LISTING_TIMEOUT = Duration.ofSeconds(5);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final RestClient client;
  private final HttpClient connections;
  private final String baseUrl;
  private final @Nullable String apiKey;

  ProviderHttp(RestClient.Builder builder, HttpClient connections, ProviderSettings settings) {
    this.connections = connections;
    this.baseUrl = Objects.requireNonNull(settings.baseUrl()).replaceFirst("/+$", "");
    this.apiKey = settings.apiKey();
    this.client = builder.clone().build();
  }

  /// @param timeout from the first byte sent to the last one read: the factory's timeout strikes in
  ///   the middle of an answer that trickles, too
  Answer post(String path, byte[] body, Duration timeout) {
    var factory = new JdkClientHttpRequestFactory(connections);
    factory.setReadTimeout(timeout);
    try {
      return Objects.requireNonNull(
          client
              .mutate()
              .requestFactory(factory)
              .build()
              .post()
              .uri(URI.create(baseUrl + path))
              .contentType(MediaType.APPLICATION_JSON)
              .accept(MediaType.APPLICATION_JSON)
              .headers(this::authorize)
              .body(body)
              // Closed by its reader: the client would read an endless answer to its end.
              .exchange((_, answer) -> read(answer), false));
    } catch (ResourceAccessException problem) {
      throw new Fault.Met(fault(problem), problem);
    }
  }

  /// Whether the provider is there: whether it answers `GET /models`, which costs it nothing.
  boolean listsModels() {
    var factory = new JdkClientHttpRequestFactory(connections);
    factory.setReadTimeout(LISTING_TIMEOUT);
    try {
      return Boolean.TRUE.equals(
          client
              .mutate()
              .requestFactory(factory)
              .build()
              .get()
              .uri(URI.create(baseUrl + "/models"))
              .accept(MediaType.APPLICATION_JSON)
              .headers(this::authorize)
              .exchange((_, answer) -> isListing(answer), false));
    } catch (ResourceAccessException _) {
      return false;
    }
  }

  private static boolean isListing(ClientHttpResponse answer) throws IOException {
    try (var _ = answer.getBody()) {
      return answer.getStatusCode().is2xxSuccessful()
          && !isPage(answer.getHeaders().getFirst("Content-Type"));
    }
  }

  private void authorize(HttpHeaders headers) {
    if (apiKey != null) headers.setBearerAuth(apiKey);
  }

  private static Fault fault(ResourceAccessException problem) {
    return Fault.of(problem.getCause() instanceof IOException cause ? cause : new IOException());
  }

  private Answer read(ClientHttpResponse answer) throws IOException {
    try (InputStream body = answer.getBody()) {
      int status = answer.getStatusCode().value();
      Fault fault = Fault.of(status, answer.getHeaders());
      if (fault != null) throw new Fault.Met(fault, null);
      return status / 100 == 2 ? given(answer, body) : refused(status, body);
    }
  }

  private static Answer given(ClientHttpResponse answer, InputStream body) throws IOException {
    if (isPage(answer.getHeaders().getFirst("Content-Type"))) {
      throw new Fault.Met(Fault.notAnApi(), null);
    }
    byte[] content = body.readNBytes(MAX_ANSWER_BYTES + 1);
    if (content.length > MAX_ANSWER_BYTES) {
      return new Answer.Unusable("answered with more than %d bytes".formatted(MAX_ANSWER_BYTES));
    }
    try {
      JsonNode json = JSON.readTree(content);
      if (json.isObject()) return new Answer.Given(json);
    } catch (JacksonException _) {
      // Told like JSON of another kind: neither is an answer.
    }
    return new Answer.Unusable("answered with something that is no JSON object");
  }

  private static boolean isPage(@Nullable String contentType) {
    return contentType != null && contentType.regionMatches(true, 0, "text/html", 0, 9);
  }

  private Answer refused(int status, InputStream body) throws IOException {
    var text = new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
    if (apiKey != null) text = text.replace(apiKey, "***");
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return new Answer.Refused(status, line.substring(0, Math.min(line.length(), MAX_SAID)));
  }
}
