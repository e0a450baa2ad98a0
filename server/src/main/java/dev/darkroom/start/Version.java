package dev.darkroom.start;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version of the jar that runs, from its manifest.
final class Version implements IVersionProvider {

  static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "(not packaged)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"darkroom " + text()};
  }
}
