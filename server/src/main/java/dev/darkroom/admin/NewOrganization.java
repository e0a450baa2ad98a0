package dev.darkroom.admin;

import dev.darkroom.account.Quota;
import org.jspecify.annotations.Nullable;

/// An organization that can be made.
record NewOrganization(String name, Quota quota) {

  /// What a client sends to make one.
  record Given(@Nullable String name, @Nullable GivenQuotas quotas) {

    NewOrganization checked() {
      return new NewOrganization(
          Names.required("name", name), quotas == null ? Quota.OF_THE_SERVER : quotas.checked());
    }
  }
}
