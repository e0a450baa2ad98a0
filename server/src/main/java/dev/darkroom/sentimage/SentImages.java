package dev.darkroom.sentimage;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.sentimage.SentImage.Inline;
import dev.darkroom.sentimage.SentImage.Remote;
import dev.darkroom.sentimage.SentImageFailure.TooLarge;
import dev.darkroom.sentimage.SentImageFailure.TooSlow;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Has images that came with requests looked at, one at a time for each caller. Safe for use by
/// many threads at once.
@Component
public final class SentImages {

  private static final Duration FIRST_BYTES_WITHIN = Duration.ofSeconds(20);

  /// Looked at between two reads, so that a source which trickles does not keep memory for ever;
  /// the fetcher's idle timeout may come on top.
  private static final Duration ALL_WITHIN = Duration.ofSeconds(40);

  private static final int BUFFER_BYTES = 64 << 10;

  private final VettedHttp http;
  private final NodeMemory memory;
  private final Clock clock;
  private final int maxBytes;

  SentImages(VettedHttp http, NodeMemory memory, ArchiveLimits limits, Clock clock) {
    this.http = http;
    this.memory = memory;
    this.clock = clock;
    this.maxBytes = limits.maxEntryBytes();
  }

  /// What is made of an image while it is in memory.
  @FunctionalInterface
  public interface Look<T> {
    T at(MemorySegment image) throws IOException, InterruptedException;
  }

  /// Brings the image into memory, and gives what `look` makes of it.
  ///
  /// @throws FailureException with a `FetchFailure` where the URL gives none, with a
  ///   [SentImageFailure] where it is too large or too slow
  public <T> T look(SentImage image, Look<T> look) throws IOException, InterruptedException {
    return switch (image) {
      case Inline inline -> lookAt(inline, look);
      case Remote remote -> lookAt(remote, look);
    };
  }

  private <T> T lookAt(Inline image, Look<T> look) throws IOException, InterruptedException {
    if (image.length() > maxBytes) throw tooLarge(image.length());
    try (var arena = memory.images().open(image.length());
        var bytes = image.bytes().open()) {
      return look.at(read(bytes, arena.allocate(image.length()), () -> {}));
    }
  }

  private <T> T lookAt(Remote image, Look<T> look) throws IOException, InterruptedException {
    Instant end = clock.instant().plus(ALL_WITHIN);
    try (Fetched answer = http.get(image.url(), new FetchRequest(null, null, FIRST_BYTES_WITHIN))) {
      long length = answer.bodyLength();
      if (length > maxBytes) throw tooLarge(length);
      long room = length < 0 ? maxBytes : length;
      try (var arena = memory.images().open(room)) {
        return look.at(read(answer.body(), arena.allocate(room), () -> requireBefore(end, image)));
      }
    }
  }

  private MemorySegment read(InputStream body, MemorySegment image, Runnable betweenReads)
      throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long filled = 0;
    for (int count; (count = body.read(buffer)) >= 0; filled += count) {
      if (count > image.byteSize() - filled) throw tooLarge(filled + count);
      MemorySegment.copy(buffer, 0, image, JAVA_BYTE, filled, count);
      betweenReads.run();
    }
    return image.asSlice(0, filled);
  }

  private void requireBefore(Instant end, Remote image) {
    if (clock.instant().isAfter(end)) {
      throw new FailureException(new TooSlow(image.url(), ALL_WITHIN));
    }
  }

  private FailureException tooLarge(long bytes) {
    return new FailureException(new TooLarge(maxBytes, bytes));
  }
}
