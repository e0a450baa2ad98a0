package dev.darkroom.contactsheet;

import dev.darkroom.TestServer;

final class SheetBenchmark {
  private static final String MULTIPLY =
      """
      INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, caption, caption_source,
        width, height, format, size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, created_at, updated_at)
      SELECT dataset_id, stored_object_id, n * 1000 + ordinal, true, format('copy %s/%s', n, image_name),
        '{"short_description": "' || repeat('a cat. ', 129) || '"}', 'manual',
        width, height, format, size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, now(), now()
      FROM dataset_image, generate_series(1, :times - 1) n WHERE dataset_id = :dataset
      """;

  static void multiply(TestServer server, long dataset, int times) {
    server.jdbc().sql(MULTIPLY).param("dataset", dataset).param("times", times).update();
  }
}
