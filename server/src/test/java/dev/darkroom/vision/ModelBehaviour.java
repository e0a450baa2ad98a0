package dev.darkroom.vision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// How a [FakeVisionModel] answers a request.
@FunctionalInterface
public interface ModelBehaviour {

  void answer(ModelRequest request, ModelAnswer answer) throws IOException, InterruptedException;

  /// A valid caption under the request's own schema, a sentence where there is none, a visual
  /// schema where any JSON object is asked for; a picture that harms nobody.
  static ModelBehaviour well() {
    return (request, answer) -> {
      if (request.isChat()) {
        says(ModelReplies.fitting(request)).answer(request, answer);
      } else {
        scores(Map.of("violence", 0.01, "sexual", 0.02)).answer(request, answer);
      }
    };
  }

  static ModelBehaviour says(String content) {
    return finishes("stop", content);
  }

  /// Ends for a reason such as `length` or `content_filter`.
  static ModelBehaviour finishes(String reason, String content) {
    return (_, answer) ->
        answer.json(200, ModelReplies.completion(Map.of("content", content), reason));
  }

  static ModelBehaviour refuses(String refusal) {
    return (_, answer) ->
        answer.json(200, ModelReplies.completion(Map.of("refusal", refusal), "stop"));
  }

  /// A fitting reply, changed: fenced, with another value, without a field.
  static ModelBehaviour changes(UnaryOperator<String> change) {
    return (request, answer) ->
        says(change.apply(ModelReplies.fitting(request))).answer(request, answer);
  }

  static ModelBehaviour scores(Map<String, Double> scores) {
    var result = Map.of("results", List.of(Map.of("flagged", false, "category_scores", scores)));
    return (_, answer) -> answer.json(200, JsonMapper.shared().writeValueAsString(result));
  }

  static ModelBehaviour status(int status) {
    return status(status, "{\"error\": {\"message\": \"not now\"}}");
  }

  static ModelBehaviour status(int status, String body) {
    return (_, answer) -> answer.json(status, body);
  }

  /// 429, with `Retry-After` in seconds.
  static ModelBehaviour tooMany(Duration retryAfter) {
    return (_, answer) ->
        answer.header("Retry-After", Long.toString(retryAfter.toSeconds())).json(429, "{}");
  }

  /// 429, with `Retry-After` as a date, by the server's own clock.
  static ModelBehaviour tooManyUntil(Duration fromNow) {
    return (_, answer) -> {
      var until = Clock.systemUTC().instant().plus(fromNow).atOffset(ZoneOffset.UTC);
      answer
          .header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until))
          .json(429, "{}");
    };
  }

  static ModelBehaviour sends(String body) {
    return (_, answer) -> answer.json(200, body);
  }

  static ModelBehaviour redirects(String location) {
    return (_, answer) -> answer.header("Location", location).json(307, "{}");
  }

  static ModelBehaviour drops() {
    return (_, answer) -> answer.drop();
  }

  static ModelBehaviour stalls() {
    return (_, answer) -> answer.stall();
  }

  static ModelBehaviour trickles() {
    return (_, answer) -> answer.trickle(Duration.ofMillis(20));
  }

  /// Behaves as `then` says once the pause is over.
  static ModelBehaviour delayed(Duration pause, ModelBehaviour then) {
    return (request, answer) -> {
      if (!answer.pause(pause)) then.answer(request, answer);
    };
  }

  /// As a server that knows no `json_schema`, or no `response_format` at all.
  static ModelBehaviour withoutFormats(String... unknown) {
    return (request, answer) -> {
      var format = request.body().at("/response_format/type").asString("");
      boolean knows = !List.of(unknown).contains(format);
      var behaviour =
          knows
              ? well()
              : status(400, "{\"error\": {\"message\": \"unsupported response_format\"}}");
      behaviour.answer(request, answer);
    };
  }
}
