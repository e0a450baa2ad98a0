package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a command finds its server and its token.
class SettingsTest {

  @TempDir Path config;

  private Path file(String permissions, String text) throws IOException {
    Path file = Files.createDirectories(config.resolve("darkroom")).resolve("config");
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Typed typed() {
    return Typed.inAScript().with("XDG_CONFIG_HOME", config);
  }

  private static FakeDarkroom server() {
    return FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)));
  }

  @Test
  void readsTheFileOfThisUser() throws IOException {
    try (var server = server()) {
      file("rw-------", "url = %s\ntoken = %s\n".formatted(server.url(), FakeDarkroom.TOKEN));
      var typed = typed();
      assertThat(typed.run("status", "12")).as(typed.err()).isEqualTo(0);
    }
  }

  @Test
  void readsTheUsualFolderWhereNoneIsNamed() throws IOException {
    try (var server = server()) {
      Path folder = Files.createDirectories(config.resolve(".config/darkroom"));
      Files.writeString(folder.resolve("config"), "url = " + server.url());
      var typed = Typed.inAScript().with("HOME", config).with("DARKROOM_TOKEN", FakeDarkroom.TOKEN);
      assertThat(typed.run("status", "12")).as(typed.err()).isEqualTo(0);
    }
  }

  @Test
  void putsOptionsBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
    try (var server = server()) {
      file("rw-------", "url = http://127.0.0.1:1\ntoken = old\n");
      var typed = typed().with("DARKROOM_URL", server.url()).with("DARKROOM_TOKEN", "another");
      assertThat(typed.run("status", "12")).isEqualTo(1);
      assertThat(typed.err()).contains("The API token is not known.");
      assertThat(typed.run("status", "12", "--token", FakeDarkroom.TOKEN)).isEqualTo(0);
    }
  }

  @Test
  void usesNoTokenThatOthersCanRead() throws IOException {
    Path file = file("rw-r-----", "token = secret\n");
    var typed = typed();
    assertThat(typed.run("status", "12")).isEqualTo(1);
    assertThat(typed.err())
        .contains("Others may read the token", "chmod 600 " + file)
        .doesNotContain("secret")
        .hasLineCount(2);
  }

  @Test
  void letsOthersReadWhatIsNoSecret() throws IOException {
    try (var server = server()) {
      file("rw-r--r--", "url = " + server.url());
      var typed = typed().with("DARKROOM_TOKEN", FakeDarkroom.TOKEN);
      assertThat(typed.run("status", "12")).as(typed.err()).isEqualTo(0);
    }
  }

  @Test
  void saysWhichSettingThereIsNot() throws IOException {
    file("rw-------", "tokne = secret\n");
    var typed = typed();
    assertThat(typed.run("status", "12")).isEqualTo(1);
    assertThat(typed.err()).contains("has a setting 'tokne'").doesNotContain("secret");
  }
}
