package dev.darkroom.admin;

import dev.darkroom.account.Quota;
import dev.darkroom.api.ApiFailure;
import dev.darkroom.failure.FailureException;
import org.jspecify.annotations.Nullable;

/// The quotas that a client sends, which are all that the organization has then.
record GivenQuotas(
    @Nullable Long storageBytes,
    @Nullable Integer uploadsRunning,
    @Nullable Integer uploadsPerDay) {

  Quota checked() {
    requireNotNegative("storage_bytes", storageBytes);
    requireNotNegative("uploads_running", uploadsRunning);
    requireNotNegative("uploads_per_day", uploadsPerDay);
    return new Quota(storageBytes, uploadsRunning, uploadsPerDay);
  }

  private static void requireNotNegative(String field, @Nullable Number value) {
    if (value != null && value.longValue() < 0) {
      throw new FailureException(
          new ApiFailure.FieldInvalid("quotas." + field, "an integer of 0 or more"));
    }
  }
}
