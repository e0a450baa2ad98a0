package dev.darkroom.bulkupload;

import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Deletes the bytes that nothing refers to any more: what a failed upload left, spooled archives,
/// the images of deleted datasets, puts that a node died in, and of a failed image whose thumbnail
/// is kept all but that. Nothing else deletes objects.
@Component
final class CleanUpTask {

  private static final Logger log = LoggerFactory.getLogger(CleanUpTask.class);
  private static final int BATCH = 500;

  private final StoredObjects objects;
  private final ObjectStore store;

  CleanUpTask(StoredObjects objects, ObjectStore store) {
    this.objects = objects;
    this.store = store;
  }

  void run() {
    int deleted = 0;
    try {
      List<ObjectKey> doomed = objects.doom(BATCH);
      while (!doomed.isEmpty()) {
        for (ObjectKey key : doomed) delete(key);
        objects.forget(doomed);
        deleted += doomed.size();
        doomed = objects.doom(BATCH);
      }
      deleteUnusedOriginals();
      store.discardUnfinishedPuts();
    } catch (IOException storeOut) {
      log.warn("the store is out; the clean-up goes on later", storeOut);
    }
    if (deleted > 0) log.info("cleaned up {} objects", deleted);
  }

  private void deleteUnusedOriginals() throws IOException {
    List<ObjectKey> unused = objects.withUnusedOriginal(BATCH);
    while (!unused.isEmpty()) {
      for (ObjectKey key : unused) store.delete(key.original());
      objects.forgetOriginals(unused);
      unused = objects.withUnusedOriginal(BATCH);
    }
  }

  /// Deletes the bytes of an object that is doomed while its job goes on. A run of the job that was
  /// given up, on a node that the database has lost, may put them again: when the job is over they
  /// are deleted once more, and only then forgotten.
  void deleteAtOnce(ObjectKey doomed) {
    try {
      delete(doomed);
    } catch (IOException storeOut) {
      log.warn("the store is out; {} is deleted later", doomed, storeOut);
    }
  }

  private void delete(ObjectKey key) throws IOException {
    store.delete(key.original());
    store.delete(key.thumbnail());
  }
}
