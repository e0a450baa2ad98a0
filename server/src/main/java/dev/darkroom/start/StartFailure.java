package dev.darkroom.start;

import dev.darkroom.database.DatabaseFailure;
import dev.darkroom.failure.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/// Why a command did not do its work, for the person at the terminal.
///
/// @param exitCode 2 where a value was wrong that the user gave, else 1
/// @param isExpected whether the message says all; otherwise there is a bug behind it
record StartFailure(String message, int exitCode, boolean isExpected) {

  private StartFailure(String message, int exitCode) {
    this(message, exitCode, true);
  }

  /// The exception that says it best: the deepest of the known ones, which Spring wraps.
  static StartFailure of(Throwable exception) {
    List<Throwable> causes = causes(exception);
    Optional<BindException> setting = last(causes, BindException.class);
    if (setting.isPresent()) return ofSetting(setting.get(), causes);
    Optional<FailureException> failure = last(causes, FailureException.class);
    if (failure.isPresent()) return ofFailure(failure.get());
    Optional<PortInUseException> port = last(causes, PortInUseException.class);
    if (port.isPresent()) return ofPort(port.get().getPort());
    Throwable root = causes.getLast();
    return new StartFailure(root.getClass().getSimpleName() + ": " + root.getMessage(), 1, false);
  }

  private static StartFailure ofFailure(FailureException exception) {
    boolean usersValue = exception.failure() instanceof DatabaseFailure.UrlInvalid;
    return new StartFailure(exception.failure().message(), usersValue ? 2 : 1);
  }

  private static StartFailure ofPort(int port) {
    return new StartFailure(
        "port %d is in use by another program; choose another with --port".formatted(port), 1);
  }

  /// A settings record says itself what is wrong with its values; a value that is not even of the
  /// right type is named here.
  private static StartFailure ofSetting(BindException setting, List<Throwable> causes) {
    if (causes.getLast() instanceof FailureException failure) {
      return new StartFailure(failure.failure().message(), 2);
    }
    var inner = causes.subList(causes.indexOf(setting), causes.size());
    String message =
        inner.stream()
            .filter(IllegalArgumentException.class::isInstance)
            .findFirst()
            .orElse(inner.getLast())
            .getMessage();
    ConfigurationProperty property = setting.getProperty();
    String subject = property == null ? "" : property.getName() + ": ";
    return new StartFailure(subject + message, 2);
  }

  private static <T extends Throwable> Optional<T> last(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).reduce((_, last) -> last);
  }

  private static List<Throwable> causes(Throwable exception) {
    var causes = new ArrayList<Throwable>();
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (causes.contains(cause)) break;
      causes.add(cause);
    }
    return causes;
  }
}
