package dev.darkroom.provider;

import dev.darkroom.failure.FailureException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with an OpenAI-compatible API. It blocks, and is safe for use by many threads at once;
/// no more requests than its settings say are under way at a time, and the others wait their turn.
public final class Provider {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ProviderSettings settings;
  private final ProviderGate gate;
  private final ProviderHttp http;
  private final Semaphore permits;

  Provider(ProviderSettings settings, ProviderGate gate, ProviderHttp http) {
    this.settings = settings;
    this.gate = gate;
    this.http = http;
    this.permits = new Semaphore(settings.concurrency(), true);
  }

  /// The model and the host that it runs on, as people read them; at most 200 characters.
  public String author() {
    var host = URI.create(Objects.requireNonNull(settings.baseUrl())).getAuthority();
    var author = "%s at %s".formatted(settings.model(), host);
    return author.length() <= 200 ? author : author.substring(0, 199) + "…";
  }

  /// By the name that the server knows it by.
  public String model() {
    return Objects.requireNonNull(settings.model());
  }

  /// Fails with a [ProviderFailure] while the gate is closed, so that nothing is prepared in vain.
  public void requireOpen() {
    gate.requireOpen();
  }

  /// What the provider says to a POST. One that answers 500 to each try, but lists its models when
  /// asked for them, is there and has given no usable answer.
  ///
  /// @param path below the base URL, such as `/moderations`
  /// @throws dev.darkroom.failure.FailureException with a [ProviderFailure] while the provider is
  ///   out, asked too often or wrongly set up; it is not asked at all while its gate is closed
  public Answer post(String path, JsonNode body) throws InterruptedException {
    if (!permits.tryAcquire(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new FailureException(
          new ProviderFailure.Busy(
              settings.name(),
              "all %d requests of this node are under way".formatted(settings.concurrency()),
              Duration.ofSeconds(1)));
    }
    try {
      // Not before: waiting for a turn is no fault of the provider's.
      return ask(path, JSON.writeValueAsBytes(body), new Deadline(settings.deadline()));
    } finally {
      permits.release();
    }
  }

  private Answer ask(String path, byte[] body, Deadline deadline) throws InterruptedException {
    Pass pass = gate.enter();
    var tries = new RetryTemplate(new Patience(deadline, () -> gate.admits(pass)));
    try {
      Answer answer = tries.execute(() -> http.post(path, body, deadline.left()));
      gate.answered(pass);
      return answer;
    } catch (RetryException gaveUp) {
      if (Thread.interrupted()) throw new InterruptedException();
      if (gaveUp.getCause() instanceof Fault.Met met) return blame(pass, met.fault());
      throw new IllegalStateException(
          "asking the " + settings.name() + " failed", gaveUp.getCause());
    }
  }

  /// A server that falls over one request again and again, and answers another one at once, is not
  /// out: waiting for its end would be waiting for ever.
  private Answer blame(Pass pass, Fault fault) {
    if (fault.mayBeTheRequests() && http.listsModels()) {
      gate.answered(pass);
      return new Answer.Unusable("answered this request with an error of its own, and others not");
    }
    throw gate.close(pass, fault);
  }
}
