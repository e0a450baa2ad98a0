package dev.darkroom.failurereport;

import dev.darkroom.dataset.LinkedFiles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Serves the thumbnail of a failed image to whoever holds a signed link to it, for as long as it
/// is kept.
@RestController
class ThumbnailController {

  private final FailedImages images;
  private final LinkedFiles files;

  ThumbnailController(FailedImages images, LinkedFiles files) {
    this.images = images;
    this.files = files;
  }

  @GetMapping("/files/entries/{dataset_id}/{ordinal}/thumbnail")
  void serve(
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("ordinal") int ordinal,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    files.answer(
        path(datasetId, ordinal), () -> images.getThumbnail(datasetId, ordinal), request, response);
  }

  static String path(long datasetId, int ordinal) {
    return "/files/entries/%d/%d/thumbnail".formatted(datasetId, ordinal);
  }
}
