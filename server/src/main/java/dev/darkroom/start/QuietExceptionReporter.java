package dev.darkroom.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Keeps Spring from printing why the application did not start: [Commands] says it, in one line. A
/// bug is another matter; its stack trace is wanted.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class QuietExceptionReporter implements SpringBootExceptionReporter {

  QuietExceptionReporter(@Nullable ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    return StartFailure.of(failure).isExpected();
  }
}
