package dev.darkroom.account;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An organization, as it is stored and as it goes out to operators.
///
/// @param suspendedAt null where its tokens are let in
/// @param quotas its own
public record Organization(
    long id,
    String name,
    Status status,
    Instant createdAt,
    @Nullable Instant suspendedAt,
    Quota quotas,
    Usage usage) {

  /// What its tokens are told.
  public enum Status {
    ACTIVE,
    /// 403: the operator has suspended it.
    SUSPENDED,
    /// 401: what it has is being deleted, and it with it.
    PURGING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What it has of what its quota bounds.
  public record Usage(long storageBytes, int uploadsRunning, int uploadsToday) {}
}
