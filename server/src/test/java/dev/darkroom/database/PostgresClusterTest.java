package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresClusterTest {

  @TempDir private Path home;

  @Test
  void keepsItsPort() throws IOException {
    int port = cluster().choosePort();
    assertThat(cluster().choosePort()).isEqualTo(port);
    assertThat(home).isDirectoryNotContaining(file -> !file.endsWith("port"));
  }

  @Test
  void takesAnotherPortWhereItsOwnIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Files.writeString(home.resolve("port"), String.valueOf(taken.getLocalPort()));
      int port = cluster().choosePort();
      assertThat(port).isNotEqualTo(taken.getLocalPort());
      assertThat(home.resolve("port")).hasContent(String.valueOf(port));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "\0\0\0\0\0", "5432x", "-1", "0", "65536", "99999999999", "\u00ff"})
  void countsAFileWithoutAPortAsNone(String content) throws IOException {
    Files.write(home.resolve("port"), content.getBytes(StandardCharsets.ISO_8859_1));
    int port = cluster().choosePort();
    assertThat(port).isBetween(1, 65_535);
    assertThat(home.resolve("port")).hasContent(String.valueOf(port));
  }

  private PostgresCluster cluster() {
    return new PostgresCluster(home);
  }
}
