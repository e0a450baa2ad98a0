package dev.darkroom.admin;

import dev.darkroom.account.ApiTokens;
import dev.darkroom.failure.FailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes the changes that may take an operator's last way in, one at a time and only where one is
/// left: two operators who suspend each other's organizations at the same moment would both be out.
@Component
final class LockOutGuard {

  /// Any number that nothing else in the database locks.
  private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7264310001)";

  private final JdbcClient jdbc;
  private final ApiTokens tokens;
  private final TransactionTemplate transaction;

  LockOutGuard(JdbcClient jdbc, ApiTokens tokens, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.tokens = tokens;
    this.transaction = transaction;
  }

  void make(Runnable change) {
    transaction.executeWithoutResult(_ -> {
      jdbc.sql(ONE_AT_A_TIME).query(_ -> {});
      change.run();
      if (!tokens.hasAdmin()) throw new FailureException(AdminFailure.LAST_ADMIN);
    });
  }
}
