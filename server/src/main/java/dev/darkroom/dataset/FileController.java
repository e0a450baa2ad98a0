package dev.darkroom.dataset;

import dev.darkroom.api.WireName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Serves the bytes of an image to whoever holds a signed link to it, for as long as the image is
/// there.
@RestController
class FileController {

  private final DatasetImages images;
  private final LinkedFiles files;

  FileController(DatasetImages images, LinkedFiles files) {
    this.images = images;
    this.files = files;
  }

  @GetMapping("/files/{image_id}/{variant:original|thumbnail}")
  void serve(
      @PathVariable("image_id") long imageId,
      @PathVariable("variant") String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var variant = WireName.get(Variant.class, name);
    files.answer(
        ImageLinks.path(imageId, variant),
        () -> images.getStored(imageId).file(variant),
        request,
        response);
  }
}
