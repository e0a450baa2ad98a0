package dev.darkroom.basicupload;

import dev.darkroom.TestServer;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What lies in a server's store, told by the files in its directory.
final class StoredFiles {

  private StoredFiles() {}

  static List<String> of(TestServer server) {
    Path root = server.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes what nothing refers to, as the recurring task does.
  static void cleanUp(TestServer server) {
    var objects = server.bean(StoredObjects.class);
    var store = server.bean(ObjectStore.class);
    try {
      var doomed = objects.doom(100);
      while (!doomed.isEmpty()) {
        for (ObjectKey key : doomed) {
          store.delete(key.original());
          store.delete(key.thumbnail());
        }
        objects.forget(doomed);
        doomed = objects.doom(100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
