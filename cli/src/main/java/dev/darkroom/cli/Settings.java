package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.Set;

/// Where a server is and how to enter it: from the options, else from the environment, else from
/// the file `config`, which has lines such as `url = https://...` and `token = ...`.
record Settings(String url, String token) {

  private static final String USUAL_URL = "http://127.0.0.1:8080";
  private static final Set<String> NAMES = Set.of("url", "token");

  /// A text that is empty was not given. The file is read only where something is missing.
  static Settings of(Settings options, Surroundings surroundings) {
    String url = first(options.url, surroundings.variable("DARKROOM_URL"));
    String token = first(options.token, surroundings.variable("DARKROOM_TOKEN"));
    if (!url.isEmpty() && !token.isEmpty()) return new Settings(url, token);
    Properties file = read(surroundings.configFile());
    return new Settings(
        first(first(url, file.getProperty("url", "")), USUAL_URL),
        first(token, file.getProperty("token", "")));
  }

  private static String first(String one, String other) {
    return one.isBlank() ? other.strip() : one;
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    try (var text = Files.newBufferedReader(file)) {
      properties.load(text);
      if (properties.containsKey("token")) requirePrivate(file);
    } catch (NoSuchFileException _) {
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure.Local(
          "The settings in %s cannot be read: %s".formatted(file, e.getMessage()),
          "They are lines such as: url = https://darkroom.example.com");
    }
    for (String name : properties.stringPropertyNames()) {
      if (!NAMES.contains(name)) {
        throw new CommandFailure.Local(
            "%s has a setting '%s', which there is not.".formatted(file, name),
            "There are: url, token.");
      }
    }
    return properties;
  }

  /// As ssh does with its keys: a token that others can read is theirs too.
  private static void requirePrivate(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
    for (var permission : Files.getPosixFilePermissions(file)) {
      if (permission == PosixFilePermission.GROUP_READ
          || permission == PosixFilePermission.OTHERS_READ) {
        throw new CommandFailure.Local(
            "Others may read the token in %s, so that it is not used.".formatted(file),
            "Close it with: chmod 600 " + file);
      }
    }
  }
}
