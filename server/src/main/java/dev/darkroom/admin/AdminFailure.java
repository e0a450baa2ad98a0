package dev.darkroom.admin;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an operator is kept from locking operators out.
enum AdminFailure implements Failure {
  OWN_ORGANIZATION(
      "organization.own",
      "This is the organization of the token that you use; do this with an admin token of another one."),
  LAST_ADMIN(
      "token.last-admin",
      "After this no admin token would let anyone in; create another one first.");

  private final String type;
  private final String message;

  AdminFailure(String type, String message) {
    this.type = type;
    this.message = message;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public int status() {
    return 409;
  }

  @Override
  public String message() {
    return message;
  }

  @Override
  public Retry retry() {
    return Retry.NEVER;
  }
}
