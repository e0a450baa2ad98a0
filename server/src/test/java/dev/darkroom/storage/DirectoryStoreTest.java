package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ObjectStoreContract {

  private static final ObjectKey PICTURE = new ObjectKey("1/picture");

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
  void tellsWhereThereIsNoRoomAndHowMuchThereIs() throws IOException {
    var disk = SmallDisk.mount(directory, 1);
    assumeTrue(disk.isPresent(), "NOT TESTED: no file system can be mounted here");
    try (var small = disk.get()) {
      var full = new DirectoryStore(small.path(), Clock.systemUTC());
      var tooMuch = new byte[2 << 20];
      for (var put : puts(full, tooMuch)) {
        assertThatThrownBy(put)
            .isInstanceOfSatisfying(
                StoreFullException.class,
                e -> assertThat(e.availableBytes()).isBetween(500_000L, 1L << 20))
            .hasMessageContaining("directory " + small.path() + " is full");
      }
      full.put(PICTURE, new ByteArrayInputStream(new byte[1000]));
      assertThat(full.length(PICTURE)).isEqualTo(1000);
    }
  }

  private static List<ThrowingCallable> puts(ObjectStore store, byte[] bytes) {
    return List.of(
        () -> store.put(PICTURE, MemorySegment.ofArray(bytes)),
        () -> store.put(PICTURE, new ByteArrayInputStream(bytes)));
  }

  @Test
  void refusesAKeyThatLeavesTheDirectory() {
    for (var key : new String[] {"../a", "a/../../b", "/etc/passwd", "a//b", "A", "a.b", ""}) {
      assertThatThrownBy(() -> new ObjectKey(key)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
