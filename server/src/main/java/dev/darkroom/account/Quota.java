package dev.darkroom.account;

import org.jspecify.annotations.Nullable;

/// What an organization may have. Null is what the server's settings say, and no bound where they
/// say nothing.
///
/// @param storageBytes of all its images together
/// @param uploadsRunning bulk uploads that are accepted and not final, those that wait included
/// @param uploadsPerDay bulk uploads that are accepted on one day, in UTC
public record Quota(
    @Nullable Long storageBytes,
    @Nullable Integer uploadsRunning,
    @Nullable Integer uploadsPerDay) {

  public static final Quota OF_THE_SERVER = new Quota(null, null, null);

  public Quota {
    requireNotNegative("storage_bytes", storageBytes);
    requireNotNegative("uploads_running", uploadsRunning);
    requireNotNegative("uploads_per_day", uploadsPerDay);
  }

  /// This quota, with what another one says where this says nothing.
  public Quota or(Quota other) {
    return new Quota(
        storageBytes == null ? other.storageBytes : storageBytes,
        uploadsRunning == null ? other.uploadsRunning : uploadsRunning,
        uploadsPerDay == null ? other.uploadsPerDay : uploadsPerDay);
  }

  private static void requireNotNegative(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 0) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be 0 or more");
    }
  }
}
