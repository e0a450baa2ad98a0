package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer of the server: its status code, its body as it came, and how long it asks to wait.
record Reply(int status, String body, @Nullable Duration retryAfter) {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  static Reply of(HttpResponse<String> response) {
    Duration retryAfter =
        response.headers().firstValue("Retry-After").map(Reply::seconds).orElse(null);
    return new Reply(response.statusCode(), response.body(), retryAfter);
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  JsonObject object() {
    try {
      return JsonParser.object().from(body);
    } catch (JsonParserException e) {
      throw new CommandFailure.Unexpected(
          "The answer is not a JSON object. Is that a Darkroom server?", e);
    }
  }

  JsonArray array() {
    try {
      return JsonParser.array().from(body);
    } catch (JsonParserException e) {
      throw new CommandFailure.Unexpected(
          "The answer is not a JSON array. Is that a Darkroom server?", e);
    }
  }

  /// The server's own sentence, or the status code where there is none.
  String errorMessage() {
    String message = errorField("message");
    return message == null ? "The server answered HTTP %d.".formatted(status) : message;
  }

  @Nullable String errorField(String name) {
    try {
      return JsonParser.object().from(body).getString(name);
    } catch (JsonParserException _) {
      // A proxy's error page: the status code has to do.
      return null;
    }
  }

  private static @Nullable Duration seconds(String header) {
    try {
      Duration asked = Duration.ofSeconds(Long.parseLong(header.trim()));
      if (asked.isNegative()) return null;
      return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    } catch (NumberFormatException _) {
      // The HTTP-date form: nothing of ours sends it, and the caller has a pause of its own.
      return null;
    }
  }
}
