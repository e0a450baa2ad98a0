package dev.darkroom.webhook;

import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import org.springframework.stereotype.Component;

/// What a client may name as the receiver of a webhook. Nothing is sent to it yet, so that one that
/// is still to be started will do.
@Component
public final class Receivers {

  private final VettedHttp http;

  Receivers(VettedHttp http) {
    this.http = http;
  }

  /// Reads a URL that a client gave, or refuses it.
  public static SourceUrl parse(String url) {
    try {
      return SourceUrl.parse(url);
    } catch (FailureException refused) {
      throw new FailureException(new WebhookFailure.InvalidUrl(refused.failure()), refused);
    }
  }

  /// Refuses a receiver at no address that may be connected to. It looks the host up, so it goes
  /// out to the network.
  public void requireVetted(SourceUrl receiver) {
    try {
      http.requireVetted(receiver);
    } catch (FailureException refused) {
      throw new FailureException(new WebhookFailure.Unreachable(receiver), refused);
    }
  }
}
