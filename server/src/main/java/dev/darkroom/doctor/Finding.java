package dev.darkroom.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.failure.FailureException;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

/// What a check came to.
///
/// @param message a sentence; where something is not well, with what to do
record Finding(String name, State state, String message) {

  enum State {
    @JsonProperty("ok")
    OK,
    /// A server runs, and can do less.
    @JsonProperty("warning")
    WARNING,
    /// A server does not start, or fails at its work.
    @JsonProperty("failed")
    FAILED
  }

  /// Something to look at. Gives what it found, or throws what it met.
  interface Check {
    Finding run() throws Exception;
  }

  static Finding ok(String name, String message) {
    return new Finding(name, State.OK, message);
  }

  static Finding warning(String name, String message) {
    return new Finding(name, State.WARNING, message);
  }

  static Finding failed(String name, String message) {
    return new Finding(name, State.FAILED, message);
  }

  /// Runs the check; whatever it throws is a failure, in the words that a server would have for it.
  static Finding of(String name, Check check) {
    try {
      return check.run();
    } catch (FailureException e) {
      return failed(name, e.failure().message());
    } catch (BindException e) {
      return failed(name, NestedExceptionUtils.getMostSpecificCause(e).getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(name, "The check was interrupted.");
    } catch (Exception e) {
      return failed(name, e.toString());
    }
  }

  /// `ok java Java 25 ...`.
  String line() {
    String word = state.name().toLowerCase(Locale.ROOT);
    return "%-8s %-10s %s".formatted(word, name, message);
  }
}
