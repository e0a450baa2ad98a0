package dev.darkroom.vision;

import dev.darkroom.vision.Question.Correction;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a vision model says to a question.
sealed interface Reply {

  /// Not blank; without thoughts before it and a fence around it.
  record Text(String text) implements Reply {}

  /// Asking again may help.
  ///
  /// @param problem follows "it"
  record Useless(String problem, Correction correction) implements Reply {}

  record Refusal() implements Reply {}

  /// The server does not take the question.
  record NotTaken(int status) implements Reply {}

  /// In characters; a longer one would fill the model's context when it is shown to it again.
  int MAX_SHOWN = 16_000;

  /// A model that departs in everything needs no more to see why.
  int MAX_DEPARTURES = 8;

  /// Of models that think aloud.
  Pattern THOUGHTS = Pattern.compile("\\A\\s*<think>.*?</think>", Pattern.DOTALL);

  Pattern FENCE = Pattern.compile("\\A```[a-zA-Z]*\\s(.*?)\\s*```\\z", Pattern.DOTALL);

  /// The reply in a chat completion.
  static Reply of(JsonNode completion) {
    JsonNode choice = completion.at("/choices/0");
    JsonNode refusal = choice.at("/message/refusal");
    return switch (choice.path("finish_reason").asString("")) {
      case "content_filter" -> new Refusal();
      case "length" ->
          useless("was cut off at its token limit", "It was cut off. Be much briefer.");
      default ->
          refusal.isString() && !refusal.asString().isBlank()
              ? new Refusal()
              : content(choice.at("/message/content"));
    };
  }

  private static Reply content(JsonNode content) {
    var text = THOUGHTS.matcher(content.asString("")).replaceFirst("").strip();
    var fenced = FENCE.matcher(text);
    if (fenced.matches()) text = fenced.group(1).strip();
    return text.isEmpty() ? useless("said nothing", "It was empty.") : new Text(text);
  }

  /// A text that is not what was asked for.
  ///
  /// @param departures a short sentence each; at least one
  static Useless departing(String text, List<String> departures) {
    var told =
        String.join("; ", departures.subList(0, Math.min(departures.size(), MAX_DEPARTURES)));
    var shown = text.length() <= MAX_SHOWN ? text : null;
    return new Useless(
        "departed from what was asked for (%s)".formatted(departures.getFirst()),
        new Correction(shown, "What is wrong: " + told + "."));
  }

  private static Useless useless(String problem, String correction) {
    return new Useless(problem, new Correction(null, correction));
  }
}
