package dev.darkroom.bulkupload;

import java.util.List;

/// The images of a dataset's bulk upload that are there more than once. Before they are published
/// there are none, and the status tells why.
record Duplicates(BulkUploadState status, List<Exact> exact, List<Near> near) {

  Duplicates {
    exact = List.copyOf(exact);
    near = List.copyOf(near);
  }

  record Image(long id, String filename, int ordinal) {}

  /// Images with the same bytes, in archive order.
  record Exact(String sha256, List<Image> images) {
    Exact {
      images = List.copyOf(images);
    }
  }

  /// Images that look like the first of them, in archive order. Of images with the same bytes only
  /// the first is among them.
  ///
  /// @param distance the most bits of 64 in which the perceptual hash of one differs from the
  ///   first's
  record Near(int distance, List<Image> images) {
    Near {
      images = List.copyOf(images);
    }
  }
}
