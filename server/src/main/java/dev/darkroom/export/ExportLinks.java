package dev.darkroom.export;

import dev.darkroom.api.PublicUrl;
import dev.darkroom.storage.SignedUrls;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// Makes the links under which [ExportFileController] hands exports out.
@Component
class ExportLinks {

  private final SignedUrls signedUrls;
  private final PublicUrl publicUrl;

  ExportLinks(SignedUrls signedUrls, PublicUrl publicUrl) {
    this.signedUrls = signedUrls;
    this.publicUrl = publicUrl;
  }

  /// The links to the first `count` files of an export, for the one who asks.
  List<String> forRequest(
      HttpServletRequest request, long datasetId, ExportFormat format, int count) {
    var base = publicUrl.of(request);
    return IntStream.range(0, count)
        .mapToObj(number -> base + signedUrls.sign(path(datasetId, format.toString(), number)))
        .toList();
  }

  static String path(long datasetId, String format, int number) {
    return "/exports/%d/%s/%d".formatted(datasetId, format, number);
  }
}
