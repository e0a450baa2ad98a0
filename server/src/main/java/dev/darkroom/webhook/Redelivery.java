package dev.darkroom.webhook;

import dev.darkroom.api.Caller;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import dev.darkroom.webhook.Deliveries.Repeatable;
import dev.darkroom.webhook.WebhookFailure.NotFound;
import dev.darkroom.webhook.WebhookFailure.UnderWay;
import dev.darkroom.webhook.WebhookFailure.UrlForgotten;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Sends a message once more at a client's request, by a delivery of its own: the same message
/// under the same id, which is how receivers know it.
@Component
final class Redelivery {

  private final Datasets datasets;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final DeliveryJob job;
  private final TransactionTemplate transaction;

  Redelivery(
      Datasets datasets,
      Webhooks webhooks,
      Deliveries deliveries,
      DeliveryJob job,
      TransactionTemplate transaction) {
    this.datasets = datasets;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.job = job;
    this.transaction = transaction;
  }

  /// The id of the new delivery.
  long begin(Caller caller, long deliveryId) {
    var delivery =
        deliveries
            .find(deliveryId, caller.organizationId())
            .orElseThrow(() -> new FailureException(new NotFound(deliveryId)));
    caller.requireWrite();
    return Objects.requireNonNull(transaction.execute(_ -> begin(caller, delivery)));
  }

  /// Under the dataset's lock, which those who ask at the same time take one after the other.
  private long begin(Caller caller, Repeatable delivery) {
    var _ = datasets.lock(caller, delivery.datasetId());
    if (deliveries.isUnderWay(delivery.webhookId())) {
      throw new FailureException(new UnderWay(delivery.id()));
    }
    if (!webhooks.keep(delivery.webhookId())) {
      throw new FailureException(new UrlForgotten(delivery.id()));
    }
    return job.begin(delivery.webhookId(), delivery.datasetId());
  }
}
