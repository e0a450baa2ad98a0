package dev.darkroom.webhook;

import dev.darkroom.failure.Failure;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.StepQueue;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// A delivery as a job of its own, which outlives the one whose end it tells of. Each try is a
/// step, and one that fails brings the next, after a pause. All of it runs in the caller's
/// transaction and, once it goes on, under the job's lock.
@Component
final class DeliveryJob implements JobKind<Delivery> {

  private static final Logger log = LoggerFactory.getLogger(DeliveryJob.class);

  private final Jobs jobs;
  private final StepQueue steps;
  private final Deliveries deliveries;
  private final WebhookSettings settings;

  DeliveryJob(Jobs jobs, StepQueue steps, Deliveries deliveries, WebhookSettings settings) {
    this.jobs = jobs;
    this.steps = steps;
    this.deliveries = deliveries;
    this.settings = settings;
  }

  /// Begins a delivery of the webhook, and gives its id.
  long begin(long webhookId, long datasetId) {
    long id = jobs.begin(datasetId);
    deliveries.add(id, webhookId);
    steps.add(id, DeliverTask.NAME, settings.maxTries());
    steps.schedule(id, DeliverTask.NAME, 0);
    return id;
  }

  @Override
  public Optional<Delivery> findRunning(long id) {
    return deliveries.findRunning(id);
  }

  /// Settles a try: with it the delivery ends, or the next one is due after a pause.
  ///
  /// @param number of the try, from 1
  void tried(Delivery delivery, int number, Tried tried) {
    log.info(
        "webhook of upload {} to {}: try {} of {}: {}",
        delivery.webhookId(),
        delivery.receiver(),
        number,
        delivery.maxTries(),
        tried);
    deliveries.tried(delivery.id(), number, tried);
    if (tried.isSuccess()) {
      end(delivery.id(), DeliveryState.DELIVERED);
    } else if (number < delivery.maxTries()) {
      steps.schedule(delivery.id(), DeliverTask.NAME, number, settings.pauseAfter(number));
    } else {
      log.warn("webhook of upload {} to {}: given up", delivery.webhookId(), delivery.receiver());
      end(delivery.id(), DeliveryState.FAILED);
    }
  }

  /// Through a fault of ours; what a receiver does is a try.
  @Override
  public void fail(long id, Failure failure) {
    log.warn("webhook delivery {} failed: {}: {}", id, failure.type(), failure.message());
    end(id, DeliveryState.FAILED);
  }

  private void end(long id, DeliveryState state) {
    steps.withdraw(id);
    deliveries.finish(id, state);
    jobs.end(id);
  }
}
