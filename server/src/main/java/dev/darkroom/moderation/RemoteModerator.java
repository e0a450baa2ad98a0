package dev.darkroom.moderation;

import dev.darkroom.provider.Answer;
import dev.darkroom.provider.Provider;
import dev.darkroom.provider.Providers;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Has pictures judged by a server with an OpenAI-compatible `POST /moderations`. Only its scores
/// count: what it calls flagged is by thresholds that nobody here has set.
final class RemoteModerator implements Moderator {

  private static final int MAX_TRIES = 3;
  private static final Logger log = LoggerFactory.getLogger(RemoteModerator.class);

  private final Provider provider;
  private final Thresholds thresholds;
  private final AtomicBoolean compared = new AtomicBoolean();

  /// @param settings those of a server that is configured
  RemoteModerator(Providers providers, RemoteModeratorSettings settings) {
    this.provider = providers.open(settings.provider());
    this.thresholds = settings.limits();
  }

  /// What one answer comes to.
  private sealed interface Scores {

    record Read(Map<String, Double> byCategory) implements Scores {}

    /// @param problem follows "it"
    record Unreadable(String problem) implements Scores {}
  }

  @Override
  public String name() {
    return provider.author();
  }

  @Override
  public Verdict judge(byte[] jpeg) throws InterruptedException {
    ObjectNode request = request(jpeg);
    var problem = "";
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      switch (scores(provider.post("/moderations", request))) {
        case Scores.Read(var byCategory) -> {
          warnOfUnknown(byCategory.keySet());
          return thresholds.verdict(byCategory);
        }
        case Scores.Unreadable(var why) -> problem = why;
      }
    }
    return new Verdict.Undecided(new RemoteModeratorFailure(MAX_TRIES, problem));
  }

  /// Warns once of settings for categories that the server does not give: they do nothing, and a
  /// misspelt one leaves the default in force. Servers give all of their categories each time.
  private void warnOfUnknown(Set<String> given) {
    if (compared.getAndSet(true)) return;
    var unknown = thresholds.unknown(given);
    if (unknown.isEmpty()) return;
    log.warn(
        "The moderator {} gives no scores for {}, which settings name, but for {}",
        name(),
        String.join(", ", unknown),
        String.join(", ", new TreeSet<>(given)));
  }

  private ObjectNode request(byte[] jpeg) {
    var request = JsonNodeFactory.instance.objectNode().put("model", provider.model());
    var picture = request.putArray("input").addObject().put("type", "image_url");
    picture
        .putObject("image_url")
        .put("url", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
    return request;
  }

  private static Scores scores(Answer answer) {
    return switch (answer) {
      case Answer.Given(var body) -> scores(body.path("results"));
      case Answer.Unusable(var problem) -> new Scores.Unreadable(problem);
      case Answer.Refused(int status, var said) -> {
        log.warn("The moderator does not take a request: {} {}", status, said);
        yield new Scores.Unreadable("answered " + status);
      }
    };
  }

  /// The highest of each category, where a server gives more than one result.
  private static Scores scores(JsonNode results) {
    Map<String, Double> highest = new HashMap<>();
    for (JsonNode result : results) {
      for (var score : result.path("category_scores").properties()) {
        double value = score.getValue().isNumber() ? score.getValue().doubleValue() : Double.NaN;
        if (!(value >= 0 && value <= 1)) {
          return new Scores.Unreadable("gave no score from 0 to 1 for a category");
        }
        highest.merge(score.getKey(), value, Math::max);
      }
    }
    return highest.isEmpty() ? new Scores.Unreadable("gave no scores") : new Scores.Read(highest);
  }
}
