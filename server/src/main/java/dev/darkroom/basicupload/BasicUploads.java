package dev.darkroom.basicupload;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.api.Caller;
import dev.darkroom.basicupload.BasicDatasets.StoredUpload;
import dev.darkroom.basicupload.BasicUploadFailure.Plain;
import dev.darkroom.basicupload.BasicUploadFailure.UrlUnusable;
import dev.darkroom.dataset.DatasetImage;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchFailure;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.sentimage.SentImages;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import dev.darkroom.storage.StoredObjects;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Adds one image to a basic dataset while the client waits, in order: load, prepare, moderate,
/// store, add. What a moderator refuses is never stored.
@Component
final class BasicUploads {

  private final BasicDatasets datasets;
  private final SentImages images;
  private final Preparation preparation;
  private final ObjectProvider<Moderator> moderator;
  private final StoredObjects objects;
  private final ObjectStore store;

  BasicUploads(
      BasicDatasets datasets,
      SentImages images,
      Preparation preparation,
      ObjectProvider<Moderator> moderator,
      StoredObjects objects,
      ObjectStore store) {
    this.datasets = datasets;
    this.images = images;
    this.preparation = preparation;
    this.moderator = moderator;
    this.objects = objects;
    this.store = store;
  }

  DatasetImage add(Caller caller, long datasetId, BasicUploadRequest request)
      throws IOException, InterruptedException {
    datasets.requireRoom(caller, datasetId);
    var judge = judge(request);
    Preparation.Use<DatasetImage> use =
        image -> {
          if (judge.isPresent()) requirePassed(judge.get(), image);
          return store(caller, datasetId, request, image);
        };
    try {
      return images.look(
          request.image(), bytes -> preparation.prepare(bytes, request.increaseResolution(), use));
    } catch (FailureException failed) {
      throw failed.failure() instanceof FetchFailure source
          ? new FailureException(new UrlUnusable(source.message()), failed)
          : failed;
    }
  }

  private Optional<Moderator> judge(BasicUploadRequest request) {
    if (!request.moderate()) return Optional.empty();
    @Nullable Moderator found = moderator.getIfAvailable();
    if (found == null) throw new FailureException(Plain.NO_MODERATOR);
    return Optional.of(found);
  }

  private static void requirePassed(Moderator judge, PreparedImage image)
      throws InterruptedException {
    switch (judge.judge(image.thumbnail().toArray(JAVA_BYTE))) {
      case Verdict.Passed _ -> {}
      case Verdict.Rejected rejected -> throw new FailureException(rejected.failure());
      case Verdict.Undecided(var failure) -> throw new FailureException(failure);
    }
  }

  private DatasetImage store(
      Caller caller, long datasetId, BasicUploadRequest request, PreparedImage image) {
    var key = new ObjectKey("images/" + UUID.randomUUID());
    try (var putting = objects.announce(key)) {
      put(key, image);
      long id = Objects.requireNonNull(putting.ids().get(key));
      return datasets.add(caller, datasetId, new StoredUpload(id, request, image.facts()));
    }
  }

  private void put(ObjectKey key, PreparedImage image) {
    try {
      store.put(key.original(), image.bytes());
      store.put(key.thumbnail(), image.thumbnail());
    } catch (IOException storeOut) {
      throw new FailureException(StorageFailure.of(storeOut), storeOut);
    }
  }
}
