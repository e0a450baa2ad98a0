package dev.darkroom.bulkupload;

import java.util.List;

/// The images of a dataset's bulk upload that are there more than once. Before they are published
/// there are none, and the status tells why.
public record Duplicates(BulkUploadState status, List<Exact> exact, List<Near> near) {

  public Duplicates {
    exact = List.copyOf(exact);
    near = List.copyOf(near);
  }

  public record Image(long id, String filename, int ordinal) {}

  /// Images with the same bytes, in archive order.
  public record Exact(String sha256, List<Image> images) {
    public Exact {
      images = List.copyOf(images);
    }
  }

  /// Images that look like the first of them, in archive order. Of images with the same bytes only
  /// the first is among them.
  ///
  /// @param distance the most bits of 64 in which the perceptual hash of one differs from the
  ///   first's
  public record Near(int distance, List<Image> images) {
    public Near {
      images = List.copyOf(images);
    }
  }
}
