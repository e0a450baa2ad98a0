package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.nio.file.Path;

/// What the server takes of one upload: no byte is sent of what is bound to be refused.
record UploadLimits(long maxImages, long maxZipBytes) {

  /// A limit that the server does not tell is none for the client.
  static UploadLimits of(Darkroom darkroom) {
    var limits = darkroom.get("/limits").object();
    return new UploadLimits(value(limits, "max-images"), value(limits, "max-zip-bytes"));
  }

  private static long value(JsonObject limits, String name) {
    return Json.objects(limits.getArray("limits")).stream()
        .filter(limit -> name.equals(limit.getString("name")) && limit.isNumber("value"))
        .mapToLong(limit -> limit.getLong("value"))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  void requireRoomForImages(Path source, long images) {
    require(source, Human.count(images, "image"), images, maxImages);
  }

  /// @param bytes of the ZIP, or fewer where it is not made yet
  void requireRoomForBytes(Path source, long bytes) {
    require(source, Human.count(bytes, "byte"), bytes, maxZipBytes);
  }

  private static void require(Path source, String found, long count, long allowed) {
    if (count <= allowed) return;
    throw new CommandFailure.Local(
        "%s has %s, and the server takes %s.".formatted(source, found, Human.count(allowed)),
        "Split it, and upload the parts into datasets of their own.");
  }
}
