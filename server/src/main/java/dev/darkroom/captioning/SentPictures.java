package dev.darkroom.captioning;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.captioning.CaptioningFailure.Unsupported;
import dev.darkroom.captioning.CaptioningFailure.Unusable;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageRenderer;
import dev.darkroom.image.Inspection;
import dev.darkroom.memory.NodeMemory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes pictures of what requests bring along: images in base64, or URLs of images. They follow
/// the rules of a dataset's images but for the smallest size. One original of a request is held at
/// a time, outside the heap and within the node's budget.
@Component
final class SentPictures {

  private static final Pattern URL = Pattern.compile("(?i)\\s*https?:.*", Pattern.DOTALL);
  private static final Pattern DATA_URL = Pattern.compile("(?i)^\\s*data:[^,]*;base64,");
  private static final Duration FETCH_DEADLINE = Duration.ofSeconds(20);
  private static final int ANY_DIMENSION = 1;
  private static final int BUFFER_BYTES = 64 << 10;

  private final VettedHttp http;
  private final ImageInspector inspector;
  private final ImageRenderer renderer;
  private final NodeMemory memory;
  private final int maxBytes;

  SentPictures(
      VettedHttp http,
      Decoder decoder,
      ImageRenderer renderer,
      NodeMemory memory,
      ImageLimits imageLimits,
      ArchiveLimits limits) {
    this.http = http;
    this.inspector =
        new ImageInspector(decoder, new ImageLimits(imageLimits.maxPixels(), ANY_DIMENSION));
    this.renderer = renderer;
    this.memory = memory;
    this.maxBytes = limits.maxEntryBytes();
  }

  /// An image as a request names it.
  ///
  /// @param field where it is in the request, such as `images[2]`
  record Sent(String field, Content content) {}

  sealed interface Content {
    record Inline(ByteBuffer bytes) implements Content {}

    record Remote(SourceUrl url) implements Content {}
  }

  /// Reads what a field of the request holds; asks nobody yet.
  ///
  /// @throws FailureException where one is neither an image in base64 nor a URL
  static List<Sent> parse(String field, List<@Nullable String> texts) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String name = "%s[%d]".formatted(field, i);
      sent.add(new Sent(name, content(name, texts.get(i))));
    }
    return sent;
  }

  private static Content content(String field, @Nullable String text) {
    if (text == null) throw new FailureException(invalid(field));
    if (URL.matcher(text).matches()) return new Content.Remote(SourceUrl.parse(text.strip()));
    try {
      var base64 = DATA_URL.matcher(text).replaceFirst("").replaceAll("\\s+", "");
      return new Content.Inline(ByteBuffer.wrap(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      throw new FailureException(invalid(field), notBase64);
    }
  }

  private static Failure invalid(String field) {
    return new ApiFailure.FieldInvalid(field, "an image in base64, or an http or https URL");
  }

  /// Fetches and checks them, one after the other.
  List<SentPicture> load(List<Sent> sent) throws IOException {
    List<SentPicture> pictures = new ArrayList<>();
    for (Sent each : sent) pictures.add(load(each));
    return pictures;
  }

  private SentPicture load(Sent sent) throws IOException {
    return switch (sent.content()) {
      case Content.Inline(var bytes) -> copy(sent.field(), bytes);
      case Content.Remote(var url) -> fetch(sent.field(), url);
    };
  }

  private SentPicture copy(String field, ByteBuffer bytes) {
    try (var arena = memory.images().open(bytes.remaining())) {
      var image = arena.allocate(bytes.remaining()).copyFrom(MemorySegment.ofBuffer(bytes));
      return check(field, image);
    }
  }

  private SentPicture fetch(String field, SourceUrl url) throws IOException {
    try (Fetched answer = http.get(url, new FetchRequest(null, null, FETCH_DEADLINE))) {
      long length = answer.bodyLength();
      if (length > maxBytes) throw tooLarge(field);
      long room = length < 0 ? maxBytes : length;
      try (var arena = memory.images().open(room)) {
        return check(field, read(field, answer.body(), arena.allocate(room)));
      }
    } catch (FailureException failed) {
      if (failed.failure() instanceof CaptioningFailure) throw failed;
      throw unusable(field, failed.failure().message());
    }
  }

  private MemorySegment read(String field, InputStream body, MemorySegment image)
      throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long filled = 0;
    for (int count; (count = body.read(buffer)) >= 0; filled += count) {
      if (count > image.byteSize() - filled) throw tooLarge(field);
      MemorySegment.copy(buffer, 0, image, JAVA_BYTE, filled, count);
    }
    return image.asSlice(0, filled);
  }

  private FailureException tooLarge(String field) {
    return unusable(field, "The image has more than %d bytes.".formatted(maxBytes));
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
