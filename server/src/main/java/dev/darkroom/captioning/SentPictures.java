package dev.darkroom.captioning;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.captioning.CaptioningFailure.Unsupported;
import dev.darkroom.captioning.CaptioningFailure.Unusable;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchFailure;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageRenderer;
import dev.darkroom.image.Inspection;
import dev.darkroom.sentimage.SentImage;
import dev.darkroom.sentimage.SentImageFailure;
import dev.darkroom.sentimage.SentImages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes pictures of what requests bring along: images in base64, or URLs of images. They follow
/// the rules of a dataset's images but for the smallest size. One original of a request is held at
/// a time.
@Component
final class SentPictures {

  private static final Pattern URL = Pattern.compile("(?i)\\s*https?:.*", Pattern.DOTALL);
  private static final int ANY_DIMENSION = 1;

  private final SentImages images;
  private final ImageInspector inspector;
  private final ImageRenderer renderer;

  SentPictures(SentImages images, Decoder decoder, ImageRenderer renderer, ImageLimits limits) {
    this.images = images;
    this.inspector =
        new ImageInspector(decoder, new ImageLimits(limits.maxPixels(), ANY_DIMENSION));
    this.renderer = renderer;
  }

  /// An image as a request names it.
  ///
  /// @param field where it is in the request, such as `images[2]`
  record Sent(String field, SentImage image) {}

  /// Reads what a field of the request holds; asks nobody yet.
  ///
  /// @throws FailureException where one is neither an image in base64 nor a URL
  static List<Sent> parse(String field, List<@Nullable String> texts) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String name = "%s[%d]".formatted(field, i);
      sent.add(new Sent(name, image(name, texts.get(i))));
    }
    return sent;
  }

  private static SentImage image(String field, @Nullable String text) {
    if (text == null) throw invalid(field);
    if (URL.matcher(text).matches()) return new SentImage.Remote(SourceUrl.parse(text.strip()));
    return SentImage.ofBase64(text).orElseThrow(() -> invalid(field));
  }

  private static FailureException invalid(String field) {
    return new FailureException(
        new ApiFailure.FieldInvalid(field, "an image in base64, or an http or https URL"));
  }

  /// Fetches and checks them, one after the other.
  List<SentPicture> load(List<Sent> sent) throws IOException, InterruptedException {
    List<SentPicture> pictures = new ArrayList<>();
    for (Sent each : sent) pictures.add(load(each));
    return pictures;
  }

  private SentPicture load(Sent sent) throws IOException, InterruptedException {
    try {
      return images.look(sent.image(), image -> check(sent.field(), image));
    } catch (FailureException failed) {
      throw switch (failed.failure()) {
        case FetchFailure failure -> unusable(sent.field(), failure.message());
        case SentImageFailure failure -> unusable(sent.field(), failure.message());
        case Failure _ -> failed;
      };
    }
  }

  private SentPicture check(String field, MemorySegment image) {
    return switch (inspector.inspect(image)) {
      case Inspection.Rejected(var failure) -> throw refused(field, failure);
      case Inspection.Accepted accepted -> new SentPicture(accepted, image, renderer);
    };
  }

  private static FailureException refused(String field, Failure failure) {
    return failure.status() == 415
        ? new FailureException(new Unsupported(field, failure.message()))
        : unusable(field, failure.message());
  }

  private static FailureException unusable(String field, String reason) {
    return new FailureException(new Unusable(field, reason));
  }
}
