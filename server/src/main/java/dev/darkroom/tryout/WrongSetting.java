package dev.darkroom.tryout;

import java.util.Objects;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

/// What is wrong with a setting of the environment, in the words of the record that refused it.
final class WrongSetting {

  private WrongSetting() {}

  static String of(BindException refused) {
    return String.valueOf(
        Objects.requireNonNullElse(NestedExceptionUtils.getRootCause(refused), refused)
            .getMessage());
  }
}
