package dev.darkroom.dataset;

import dev.darkroom.api.PublicUrl;
import dev.darkroom.storage.SignedUrls;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Makes the links under which [FileController] serves images.
@Component
public class ImageLinks {

  private final SignedUrls signedUrls;
  private final PublicUrl publicUrl;

  ImageLinks(SignedUrls signedUrls, PublicUrl publicUrl) {
    this.signedUrls = signedUrls;
    this.publicUrl = publicUrl;
  }

  /// Adds to an image the links for the one who asks.
  public Function<DatasetImage, LinkedImage> forRequest(HttpServletRequest request) {
    var base = publicUrl.of(request);
    return image ->
        new LinkedImage(
            image,
            base + signedUrls.sign(path(image.id(), Variant.ORIGINAL)),
            base + signedUrls.sign(path(image.id(), Variant.THUMBNAIL)));
  }

  /// A link to the image's thumbnail, as a path on this server.
  public String thumbnailPath(long imageId) {
    return signedUrls.sign(path(imageId, Variant.THUMBNAIL));
  }

  /// A link to the image's original bytes, as a path on this server.
  public String originalPath(long imageId) {
    return signedUrls.sign(path(imageId, Variant.ORIGINAL));
  }

  List<LinkedImage> forRequest(HttpServletRequest request, List<DatasetImage> images) {
    return images.stream().map(forRequest(request)).toList();
  }

  /// The absolute URL of what the request asks for, without its query.
  String here(HttpServletRequest request) {
    return publicUrl.of(request) + request.getRequestURI();
  }

  static String path(long imageId, Variant variant) {
    return "/files/%d/%s".formatted(imageId, variant);
  }
}
