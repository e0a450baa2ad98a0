package dev.darkroom.doctor;

import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoreLocation;
import dev.darkroom.storage.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/// Whether the store takes bytes, by one that is put and deleted again. A folder that is not there
/// yet is not made.
record StoreCheck(StoreLocation location, Environment environment) {

  private static final String NAME = "store";
  private static final ObjectKey KEY = new ObjectKey("health-check");

  Finding run() throws IOException {
    if (location instanceof StoreLocation.Directory(var path) && !Files.exists(path)) {
      return notMadeYet(path);
    }
    try {
      var store = Stores.open(location, environment);
      store.put(KEY, MemorySegment.ofArray(new byte[] {1}));
      store.delete(KEY);
      return Finding.ok(NAME, "The %s takes images.".formatted(store.place()));
    } catch (IOException e) {
      return Finding.failed(
          NAME,
          "%s cannot be written: %s. Mend that, or name another with --store."
              .formatted(location, e));
    }
  }

  private static Finding notMadeYet(Path path) {
    Path there = MachineChecks.nearest(path);
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Finding.ok(NAME, "The directory %s, which is made at the start.".formatted(path))
        : Finding.failed(
            NAME,
            "The directory %s cannot be made: mend the permissions of %s, or name another with --store."
                .formatted(path, there));
  }
}
