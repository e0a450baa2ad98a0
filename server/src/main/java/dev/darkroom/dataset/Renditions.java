package dev.darkroom.dataset;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.image.ImageRenderer;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.springframework.stereotype.Component;

/// Stored images as JPEGs: the thumbnail as it lies in the store, larger ones made anew from the
/// original. Originals are held outside the heap and within the node's budget.
@Component
final class Renditions {

  private static final int BUFFER_BYTES = 64 << 10;

  private final ObjectStore store;
  private final ImageRenderer renderer;
  private final NodeMemory memory;

  Renditions(ObjectStore store, ImageRenderer renderer, NodeMemory memory) {
    this.store = store;
    this.renderer = renderer;
    this.memory = memory;
  }

  byte[] thumbnail(StoredPicture.Original original) throws IOException {
    try (var bytes = store.get(original.key().thumbnail(), 0, Long.MAX_VALUE)) {
      return bytes.readAllBytes();
    }
  }

  byte[] render(StoredPicture.Original original, int longSide) throws IOException {
    try (var arena = memory.images().open(original.sizeBytes())) {
      return renderer.jpeg(read(original, arena), longSide);
    }
  }

  /// What the store has lost of the end is missing, which the renderer then says.
  private MemorySegment read(StoredPicture.Original original, Arena arena) throws IOException {
    long length = original.sizeBytes();
    var image = arena.allocate(length);
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
