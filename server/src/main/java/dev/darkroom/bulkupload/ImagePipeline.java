package dev.darkroom.bulkupload;

import dev.darkroom.archive.EntryContent;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.dataset.NewImage;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.Inspection;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.springframework.stereotype.Component;

/// What is done to one image, in order: read, inspect, digest, store. The bytes lie outside the
/// heap from the first step to the last. Safe for use by many threads at once.
@Component
final class ImagePipeline {

  private final ImageInspector inspector;
  private final ObjectStore store;

  ImagePipeline(ImageInspector inspector, ObjectStore store) {
    this.inspector = inspector;
    this.store = store;
  }

  /// Takes what was read of an entry, and closes it.
  ///
  /// @throws IOException where the store is out
  ImageOutcome run(EntryContent content, ObjectKey key) throws IOException {
    return switch (content) {
      case EntryContent.Unreadable(_, var failure) -> new Failed(failure);
      case EntryContent.Read image -> {
        try (image) {
          yield check(image.bytes(), key);
        }
      }
    };
  }

  private ImageOutcome check(MemorySegment image, ObjectKey key) throws IOException {
    return switch (inspector.inspect(image)) {
      case Inspection.Rejected(var failure) -> new Failed(failure);
      case Inspection.Accepted accepted -> {
        var facts = facts(accepted, image);
        store.put(key.original(), image);
        store.put(key.thumbnail(), accepted.thumbnail());
        yield new Passed(facts);
      }
    };
  }

  private static NewImage.Facts facts(Inspection.Accepted accepted, MemorySegment image) {
    var header = accepted.header();
    return new NewImage.Facts(
        header.width(),
        header.height(),
        header.format(),
        image.byteSize(),
        sha256(image),
        crc32(image),
        accepted.perceptualHash(),
        header.hasAlpha(),
        accepted.exif());
  }

  private static long crc32(MemorySegment bytes) {
    var crc = new CRC32();
    crc.update(bytes.asByteBuffer());
    return crc.getValue();
  }

  private static String sha256(MemorySegment bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.asByteBuffer());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
