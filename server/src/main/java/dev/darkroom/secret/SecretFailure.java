package dev.darkroom.secret;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.nio.file.Path;

/// Why there is no master key, or why it does not open a value.
sealed interface SecretFailure extends Failure {

  @Override
  default int status() {
    return 500;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The secret is too easy to guess.
  record TooShort(String source, int length, int shortest) implements SecretFailure {
    @Override
    public String type() {
      return "secret.too-short";
    }

    @Override
    public String message() {
      return "The secret of %s has %d characters; at least %d are needed, such as those of: openssl rand -base64 32"
          .formatted(source, length, shortest);
    }

    @Override
    public Long limit() {
      return (long) shortest;
    }

    @Override
    public Long actual() {
      return (long) length;
    }
  }

  /// Others than its owner may read the file.
  record Exposed(Path file, String permissions) implements SecretFailure {
    @Override
    public String type() {
      return "secret.exposed";
    }

    @Override
    public String message() {
      return "Others may read or write the secret in %s (%s); take that away with: chmod 600 %s"
          .formatted(file, permissions, file);
    }
  }

  /// The file cannot be read or made.
  record FileUnusable(Path file, String reason) implements SecretFailure {
    @Override
    public String type() {
      return "secret.file-unusable";
    }

    @Override
    public String message() {
      return "The secret in %s cannot be read or made: %s.".formatted(file, reason);
    }
  }

  /// The value was sealed by another key or for another purpose, or it was changed.
  record CannotOpen(String purpose) implements SecretFailure {
    @Override
    public String type() {
      return "secret.cannot-open";
    }

    @Override
    public String message() {
      return "A sealed value (%s) does not open; is DARKROOM_SECRET, or the file secret in the data directory, still the one it was sealed with?"
          .formatted(purpose);
    }
  }
}
