package dev.darkroom.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator sets for the audit log.
///
/// @param retention how long entries are kept
@ConfigurationProperties("darkroom.audit")
record AuditSettings(@DefaultValue("400d") Duration retention) {

  AuditSettings {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException(
          "darkroom.audit.retention is " + retention + "; it must be longer than nothing");
    }
  }
}
