package dev.darkroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fetches a link into a file. What has come lies in `FILE.part`, and its ETag in `FILE.part.etag`,
/// until all of it is there; a download that was broken off, even by a command before, goes on with
/// them where the link still leads to the same bytes. Nobody sees a part of it as `FILE`.
///
/// Of a file that is one of several the ETag stays in `FILE.etag` until all of them are there:
/// where the link still leads to the same bytes, such a file is not fetched again.
///
/// Links open without a token, so none is sent: they may lead to another host.
final class FileDownload implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STALL_LIMIT = Duration.ofMinutes(1);
  private static final int BUFFER_BYTES = 1 << 16;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Supplier<URI> links;
  private final Path file;
  private final Path part;
  private final Path etagFile;
  private final Path keptFile;
  private final TransferDisplay display;
  private final Patience patience;
  private long done;
  private long total;

  /// The ETag of the file that is there already.
  private @Nullable String known;

  private boolean unchanged;

  /// @param links gives a fresh one, since they expire
  FileDownload(Supplier<URI> links, Path file, Surroundings surroundings) {
    this.links = links;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.etagFile = file.resolveSibling(file.getFileName() + ".part.etag");
    this.keptFile = keptEtag(file);
    this.display = new TransferDisplay("downloading", surroundings);
    this.patience = new Patience(surroundings.pacing());
  }

  /// Where the ETag of one of several files is kept.
  static Path keptEtag(Path file) {
    return file.resolveSibling(file.getFileName() + ".etag");
  }

  /// The size of the file.
  long fetch() throws IOException {
    receiveAll();
    moveIntoPlace();
    return total;
  }

  /// The ETag of the file, which is one of several; an empty text where the server gives none.
  String fetchOfSeveral() throws IOException {
    known = Files.exists(file) ? etag(keptFile) : null;
    receiveAll();
    if (unchanged) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(etagFile);
    } else {
      // In this order an ETag is never beside other bytes, nor a file of ours without it.
      Files.deleteIfExists(file);
      if (Files.exists(etagFile)) {
        Files.copy(etagFile, keptFile, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(keptFile);
      }
      moveIntoPlace();
    }
    String kept = etag(keptFile);
    return kept == null ? "" : kept;
  }

  private void receiveAll() throws IOException {
    try (var channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock(channel) == null) {
        throw new CommandFailure.Local(
            "Another command is writing %s.".formatted(part), "Wait for it, or stop it.");
      }
      while (!attempt(channel)) patience.rest();
      display.clear();
      channel.force(true);
    }
  }

  private void moveIntoPlace() throws IOException {
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(etagFile);
  }

  @Override
  public void close() {
    http.close();
  }

  /// Whether all of it is there.
  private boolean attempt(FileChannel channel) throws IOException {
    long there = channel.size();
    HttpResponse<InputStream> answer;
    try {
      answer = send(links.get(), there);
    } catch (IOException | CommandFailure.Unreachable e) {
      return rest("The server cannot be reached", e);
    } catch (CommandFailure.Refused e) {
      if (!e.passing()) throw e;
      return rest(String.valueOf(e.getMessage()), e);
    }
    try (var body = new StallGuard(answer.body(), STALL_LIMIT)) {
      return switch (answer.statusCode()) {
        case 200 -> {
          channel.truncate(0);
          keepEtag(answer);
          yield receive(answer, body, channel);
        }
        case 206 -> {
          requireBeginning(answer, there);
          yield receive(answer, body, channel);
        }
        case 304 -> {
          unchanged = true;
          yield true;
        }
        case 416 -> {
          // Longer than what the link leads to by now, or all of it came and no end was seen.
          channel.truncate(0);
          Files.deleteIfExists(etagFile);
          yield rest("What is there does not fit", null);
        }
        default -> {
          var refused = new CommandFailure.Refused(reply(answer, body));
          if (!refused.passing()) throw refused;
          yield rest("The server answered HTTP %d".formatted(answer.statusCode()), refused);
        }
      };
    }
  }

  private HttpResponse<InputStream> send(URI link, long offset) throws IOException {
    var request = HttpRequest.newBuilder(link).timeout(ANSWER_TIMEOUT).GET();
    if (known != null) request.header("If-None-Match", known);
    String etag = etag(etagFile);
    if (offset > 0 && etag != null) {
      request.header("Range", "bytes=%d-".formatted(offset)).header("If-Range", etag);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure.Stopped();
    }
  }

  private static void requireBeginning(HttpResponse<InputStream> answer, long offset) {
    String range = answer.headers().firstValue("Content-Range").orElse("");
    if (range.startsWith("bytes %d-".formatted(offset))) return;
    throw new CommandFailure.Unexpected(
        "The server sent another part of the file than the one asked for.", null);
  }

  private boolean receive(HttpResponse<InputStream> answer, InputStream body, FileChannel channel)
      throws IOException {
    done = channel.size();
    if (done > 0) {
      display.note("Going on where it was: %s are there.".formatted(Human.bytes(done)));
    }
    total = done + answer.headers().firstValueAsLong("Content-Length").orElse(0);
    channel.position(done);
    OutputStream out = Channels.newOutputStream(channel);
    var buffer = new byte[BUFFER_BYTES];
    while (true) {
      int read;
      try {
        read = body.read(buffer);
      } catch (IOException e) {
        return rest("The connection broke", e);
      }
      if (read < 0) return done >= total;
      out.write(buffer, 0, read);
      done += read;
      patience.progressed();
      display.show(done, total);
    }
  }

  private boolean rest(String what, @Nullable Throwable cause) {
    int percent = new TransferLine("", done, Math.max(total, done + 1), 0).percent();
    if (patience.isOver()) {
      display.clear();
      throw new CommandFailure.Interrupted(what + ".", percent, cause);
    }
    long seconds = patience.next().toSeconds();
    display.note("%s; trying again in %d s.".formatted(Printable.of(what), seconds));
    return false;
  }

  private void keepEtag(HttpResponse<InputStream> answer) throws IOException {
    String etag = answer.headers().firstValue("ETag").orElse("");
    // Of a weak one a range cannot be asked for (RFC 9110, section 13.1.5).
    if (etag.startsWith("\"")) Files.writeString(etagFile, etag);
    else Files.deleteIfExists(etagFile);
  }

  private static @Nullable String etag(Path etagFile) throws IOException {
    try {
      String etag = Files.readString(etagFile);
      return etag.matches("\"[\\x21\\x23-\\x7E]*\"") ? etag : null;
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private static Reply reply(HttpResponse<InputStream> answer, InputStream body)
      throws IOException {
    var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    return new Reply(answer.statusCode(), text, null);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }
}
