package dev.darkroom.captioning;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.caption.FiboCaption;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.captioning.CaptioningFailure.TooLong;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A caption that somebody has written.
///
/// @param warnings in what it departs from the captions that are generated for the dataset; FIBO
///   only
record ManualCaption(String text, List<String> warnings) {

  ManualCaption {
    warnings = List.copyOf(warnings);
  }

  /// Refuses what the dataset cannot keep: FIBO takes any JSON object, Legacy any text.
  static ManualCaption of(String given, Dataset dataset, int maxBytes) {
    var text = given.strip();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) throw new FailureException(new TooLong(maxBytes, bytes));
    return switch (dataset.family()) {
      case FIBO -> {
        require(isJsonObject(text), "a string that holds a JSON object");
        yield new ManualCaption(text, departures(text, dataset));
      }
      case LEGACY -> {
        require(!text.isEmpty(), "a text that is not blank");
        yield new ManualCaption(text, List.of());
      }
    };
  }

  private static List<String> departures(String text, Dataset dataset) {
    var schema = dataset.visualSchema();
    return schema == null ? FiboCaption.departures(text) : VisualSchema.of(schema).departures(text);
  }

  static boolean isJsonObject(String text) {
    try {
      return JsonMapper.shared().readTree(text).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static void require(boolean right, String rule) {
    if (!right) throw new FailureException(new ApiFailure.FieldInvalid("caption", rule));
  }
}
