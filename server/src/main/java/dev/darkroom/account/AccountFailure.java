package dev.darkroom.account;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an organization or a token cannot be found, made or changed.
sealed interface AccountFailure extends Failure {

  @Override
  default int status() {
    return 409;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// No organization has this name or id.
  record OrganizationNotFound(String named) implements AccountFailure {
    @Override
    public String type() {
      return "organization.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no organization %s.".formatted(named);
    }
  }

  record OrganizationNameTaken(String name) implements AccountFailure {
    @Override
    public String type() {
      return "organization.name-taken";
    }

    @Override
    public String message() {
      return "There is an organization %s already; choose another name.".formatted(name);
    }
  }

  record OrganizationPurging(String name) implements AccountFailure {
    @Override
    public String type() {
      return "organization.purging";
    }

    @Override
    public String message() {
      return "The organization %s is being purged; its name is free when that is done."
          .formatted(name);
    }
  }

  record TokenNotFound(long tokenId) implements AccountFailure {
    @Override
    public String type() {
      return "token.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no token %d.".formatted(tokenId);
    }
  }

  record TokenNameTaken(String organization, String name) implements AccountFailure {
    @Override
    public String type() {
      return "token.name-taken";
    }

    @Override
    public String message() {
      return "The organization %s has a token %s already; choose another name, or rotate or revoke that one."
          .formatted(organization, name);
    }
  }

  /// What is to be rotated lets nobody in, or was rotated before.
  record TokenNotUsable(String organization, String name) implements AccountFailure {
    @Override
    public String type() {
      return "token.not-usable";
    }

    @Override
    public String message() {
      return "The organization %s has no token %s in use that could be rotated; create one."
          .formatted(organization, name);
    }
  }
}
