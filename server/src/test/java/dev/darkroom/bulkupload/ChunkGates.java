package dev.darkroom.bulkupload;

import dev.darkroom.planning.Plan;
import dev.darkroom.storage.ObjectKey;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/// Holds chunks of uploads where they put their first image, and lets them on one by one.
final class ChunkGates {

  private static final Pattern IMAGE = Pattern.compile("uploads/(\\d+)/(\\d+)-.*");

  private record Chunk(long upload, int number) {}

  private final Map<Chunk, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();
  private final BlockingQueue<CompletableFuture<Void>> held = new LinkedBlockingQueue<>();
  private volatile boolean open;

  /// @param uploads which are held, by their ids
  static ChunkGates in(FaultyStore store, LongPredicate uploads) {
    var gates = new ChunkGates();
    store.beforeEachPut(key -> {
      var chunk = chunk(key);
      if (uploads.test(chunk.upload())) gates.pass(chunk);
    });
    return gates;
  }

  private void pass(Chunk chunk) {
    var gate = gates.computeIfAbsent(chunk, _ -> queued());
    if (open) gate.complete(null);
    gate.join();
  }

  private CompletableFuture<Void> queued() {
    var gate = new CompletableFuture<Void>();
    held.add(gate);
    return gate;
  }

  /// How many chunks are held.
  int held() {
    return held.size();
  }

  /// Lets the chunk on that came first, as soon as there is one.
  void release() throws InterruptedException {
    held.take().complete(null);
  }

  /// Holds none any more, nor those that come while it opens.
  void open() {
    open = true;
    gates.values().forEach(gate -> gate.complete(null));
  }

  /// Of a key such as `uploads/12/00034-original`.
  private static Chunk chunk(ObjectKey key) {
    var image = IMAGE.matcher(key.value());
    if (!image.matches()) throw new IllegalArgumentException("not of an image: " + key);
    return new Chunk(
        Long.parseLong(image.group(1)), Integer.parseInt(image.group(2)) / Plan.CHUNK_IMAGES);
  }
}
