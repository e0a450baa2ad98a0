package dev.darkroom.webhook;

import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Room;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes one try of a delivery. A node that dies in the middle has it made again, so that a
/// receiver may see a message twice; the message's id tells.
@Component
final class DeliverTask implements Step<Delivery> {

  static final String NAME = "webhook";

  /// How long a receiver may take for its answer, name lookup and connection included.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A sixth of the scheduler's threads on a node: receivers that let us wait keep nobody else
  /// waiting.
  private static final int MAX_TRIES_AT_A_TIME = 4;

  private final DeliveryJob job;
  private final VettedHttp http;
  private final Clock clock;
  private final Room room;

  DeliverTask(DeliveryJob job, VettedHttp http, StepQueue steps, Clock clock) {
    this.job = job;
    this.http = http;
    this.clock = clock;
    this.room = new Room(MAX_TRIES_AT_A_TIME, steps);
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<Delivery> kind() {
    return job;
  }

  @Override
  public Outcome work(Delivery delivery, Attempt attempt) {
    try (var _ = room.enter(attempt)) {
      var tried = post(delivery);
      // What broke it off then is us, not the receiver.
      if (!tried.isSuccess()) attempt.handBackIfStopping();
      return () -> job.tried(delivery, attempt.step().number() + 1, tried);
    }
  }

  private Tried post(Delivery delivery) {
    var at = clock.instant();
    var headers = Signature.headers(delivery.key(), delivery.messageId(), at, delivery.body());
    try {
      int status = http.post(delivery.receiver(), delivery.body(), headers, PATIENCE);
      return tried(at, status, null);
    } catch (FailureException unanswered) {
      return tried(at, null, unanswered.failure().type());
    }
  }

  private Tried tried(Instant at, @Nullable Integer statusCode, @Nullable String errorType) {
    return new Tried(at, statusCode, errorType, Duration.between(at, clock.instant()));
  }
}
