package dev.darkroom.dataset;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.image.ImageRenderer;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/// Stored images as JPEGs: the thumbnail as it lies in the store, larger ones made anew from the
/// original. Originals are held outside the heap, at most as many at a time as there are cores, so
/// that what they take is bounded by the size of an image and not by how many callers there are.
@Component
final class Renditions {

  private static final boolean FAIR = true;
  private static final int BUFFER_BYTES = 64 << 10;

  private final ObjectStore store;
  private final ImageRenderer renderer;
  private final Semaphore originals =
      new Semaphore(Runtime.getRuntime().availableProcessors(), FAIR);

  Renditions(ObjectStore store, ImageRenderer renderer) {
    this.store = store;
    this.renderer = renderer;
  }

  byte[] thumbnail(StoredPicture.Original original) throws IOException {
    try (var bytes = store.get(original.key().thumbnail(), 0, Long.MAX_VALUE)) {
      return bytes.readAllBytes();
    }
  }

  byte[] render(StoredPicture.Original original, int longSide) throws IOException {
    try {
      originals.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for memory for an original");
    }
    try (var memory = Arena.ofConfined()) {
      return renderer.jpeg(read(original, memory), longSide);
    } finally {
      originals.release();
    }
  }

  /// What the store has lost of the end is missing, which the renderer then says.
  private MemorySegment read(StoredPicture.Original original, Arena memory) throws IOException {
    long length = original.sizeBytes();
    var image = memory.allocate(length);
    long filled = 0;
    try (InputStream bytes = store.get(original.key().original(), 0, length)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int count; filled < length && (count = bytes.read(buffer)) >= 0; filled += count) {
        MemorySegment.copy(buffer, 0, image, JAVA_BYTE, filled, count);
      }
    }
    return image.asSlice(0, filled);
  }
}
