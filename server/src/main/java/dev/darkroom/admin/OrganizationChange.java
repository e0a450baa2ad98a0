package dev.darkroom.admin;

import dev.darkroom.account.Quota;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What of an organization is to be changed; null leaves what is there.
record OrganizationChange(@Nullable WantedStatus status, @Nullable Quota quota) {

  /// What an operator can make of an organization that is not purged.
  enum WantedStatus {
    ACTIVE,
    SUSPENDED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Given(@Nullable WantedStatus status, @Nullable GivenQuotas quotas) {

    OrganizationChange checked() {
      return new OrganizationChange(status, quotas == null ? null : quotas.checked());
    }
  }
}
