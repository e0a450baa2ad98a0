package dev.darkroom.webhook;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.SourceUrl;
import org.jspecify.annotations.Nullable;

/// Why a webhook is refused, or what is asked of a delivery cannot be done. Messages show a URL as
/// scheme, host and path.
sealed interface WebhookFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The receiver's URL is none that can be posted to.
  ///
  /// @param problem of the same text as a URL to fetch from
  record InvalidUrl(Failure problem) implements WebhookFailure {
    @Override
    public String type() {
      return "webhook.invalid-url";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "webhook_url is refused: " + problem.message();
    }

    @Override
    public @Nullable Long limit() {
      return problem.limit();
    }

    @Override
    public @Nullable Long actual() {
      return problem.actual();
    }
  }

  /// One value for a host that is private and for one that does not exist, as everywhere.
  record Unreachable(SourceUrl url) implements WebhookFailure {
    @Override
    public String type() {
      return "webhook.unreachable";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "webhook_url is refused: %s cannot be reached; use a host name that resolves to a public address."
          .formatted(url);
    }
  }

  record NotFound(long deliveryId) implements WebhookFailure {
    @Override
    public String type() {
      return "webhook.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no webhook delivery %d.".formatted(deliveryId);
    }
  }

  record UnderWay(long deliveryId) implements WebhookFailure {
    @Override
    public String type() {
      return "webhook.under-way";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "The webhook of delivery %d is being delivered; wait until that has ended."
          .formatted(deliveryId);
    }
  }

  record UrlForgotten(long deliveryId) implements WebhookFailure {
    @Override
    public String type() {
      return "webhook.url-forgotten";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "The URL of delivery %d is forgotten by now, as it may hold a secret; the status of the upload says how it ended."
          .formatted(deliveryId);
    }
  }
}
