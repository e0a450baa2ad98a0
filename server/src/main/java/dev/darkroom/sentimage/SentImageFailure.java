package dev.darkroom.sentimage;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.SourceUrl;
import java.time.Duration;

/// Why an image that came with a request is not looked at.
public sealed interface SentImageFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// It has more bytes than one image may have.
  ///
  /// @param bytes that it has at the least
  record TooLarge(int maxBytes, long bytes) implements SentImageFailure {
    @Override
    public String type() {
      return "sent-image.too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The image has %d bytes or more; at most %d are taken.".formatted(bytes, maxBytes);
    }

    @Override
    public Long limit() {
      return (long) maxBytes;
    }

    @Override
    public Long actual() {
      return bytes;
    }
  }

  /// Its source sends it too slowly for a client to wait.
  record TooSlow(SourceUrl url, Duration waited) implements SentImageFailure {
    @Override
    public String type() {
      return "sent-image.too-slow";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "%s had not sent all of the image after %d s; use a faster source."
          .formatted(url, waited.toSeconds());
    }
  }
}
