package dev.darkroom.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.storage.StorageFailure;
import dev.darkroom.storage.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

class OutageTest {

  static Stream<Arguments> outages() {
    var gone = new IOException("the mount /srv/objects is gone");
    var full = new StoreFullException("directory /srv/objects", 7, gone);
    return Stream.of(
        Arguments.of(gone, "storage.unreachable"),
        Arguments.of(new UncheckedIOException(gone), "storage.unreachable"),
        Arguments.of(full, "storage.full"),
        Arguments.of(new FailureException(StorageFailure.of(full), full), "storage.full"),
        Arguments.of(broken("08006"), "database.out"),
        Arguments.of(broken("53100"), "database.full"),
        Arguments.of(
            new TransactionSystemException("commit", new SQLException("x", "57P01")),
            "database.out"));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void isToldByItsTypeAndNamesNoPlace(Exception fault, String type) {
    Failure outage = Outage.behind(fault).orElseThrow();
    assertThat(outage.type()).isEqualTo(type);
    assertThat(outage.retry()).isEqualTo(Retry.WHEN_BACK);
    assertThat(outage.message()).doesNotContain("/srv", "SELECT");
  }

  @Test
  void isNotBehindABugOrAFailureOfTheJobsOwn() {
    assertThat(Outage.behind(new IllegalStateException("a bug"))).isEmpty();
    assertThat(Outage.behind(new FailureException(new JobFailure.ServerFault()))).isEmpty();
  }

  private static Exception broken(String sqlState) {
    var cause = new SQLException("SELECT failed in /srv/objects", sqlState);
    return new DataAccessResourceFailureException("SELECT", cause);
  }
}
