package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ObjectStoreContract {

  @TempDir private Path directory;
  private DirectoryStore store;

  @BeforeEach
  void open() throws IOException {
    store = new DirectoryStore(directory, Clock.systemUTC());
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void leavesNoTemporaryFile() throws IOException {
    store.put(new ObjectKey("a/b"), new ByteArrayInputStream(new byte[] {1}));
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(directory.resolve("a/b"));
    }
  }

  @Test
  void discardsThePutsThatANodeDiedIn() throws IOException {
    Path dead = Files.write(directory.resolve(".incoming/dead"), new byte[10]);
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path underWay = Files.write(directory.resolve(".incoming/under-way"), new byte[10]);
    store.discardUnfinishedPuts();
    assertThat(dead).doesNotExist();
    assertThat(underWay).exists();
  }

  @Test
  void refusesAKeyThatLeavesTheDirectory() {
    for (var key : new String[] {"../a", "a/../../b", "/etc/passwd", "a//b", "A", "a.b", ""}) {
      assertThatThrownBy(() -> new ObjectKey(key)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
