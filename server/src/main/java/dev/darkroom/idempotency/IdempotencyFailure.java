package dev.darkroom.idempotency;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a request with an `Idempotency-Key` is neither worked on nor answered as the first one was.
enum IdempotencyFailure implements Failure {
  MALFORMED(
      400,
      "idempotency-key.malformed",
      "The header Idempotency-Key must be sent once, with 1 to 255 visible ASCII characters, such as a UUID."),
  UNDER_WAY(
      409,
      "idempotency-key.under-way",
      "The first request with this Idempotency-Key is still worked on; try again in a moment."),
  OTHER_BODY(
      422,
      "idempotency-key.other-body",
      "This Idempotency-Key was sent with another body, or for another upload, before; use a new key for a new request.");

  private final int status;
  private final String type;
  private final String message;

  IdempotencyFailure(int status, String type, String message) {
    this.status = status;
    this.type = type;
    this.message = message;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public String message() {
    return message;
  }

  @Override
  public Retry retry() {
    return this == UNDER_WAY ? Retry.LATER : Retry.NEVER;
  }
}
