package dev.darkroom.failurereport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// What to do about an image that failed, by the type of its failure.
final class Advice {

  private static final String RESOURCE = "advice.properties";
  private static final Properties BY_TYPE = load();

  private Advice() {}

  /// Empty of a failure that no version of this program knows any more.
  static String on(String type) {
    return BY_TYPE.getProperty(type, "");
  }

  private static Properties load() {
    try (var resource = Objects.requireNonNull(Advice.class.getResourceAsStream(RESOURCE))) {
      var properties = new Properties();
      properties.load(new InputStreamReader(resource, UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
