package dev.darkroom.start;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives each option the value of its environment variable: `--public-url` is DARKROOM_PUBLIC_URL.
/// An empty variable is as good as none.
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) return null;
    String value = environment.get(variable(option.longestName()));
    return value == null || value.isBlank() ? null : value;
  }

  private static String variable(String option) {
    return "DARKROOM" + option.replaceFirst("^--", "_").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
