package dev.darkroom.uploadstatus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.bulkupload.StatusVersion;
import dev.darkroom.uploadstatus.StatusBodies.Body;
import dev.darkroom.uploadstatus.StatusBodies.Detail;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Sends statuses as they come, as server-sent events (WHATWG HTML, section 9.2): each with its
/// version as the id, the last one with its entries, and then the stream ends. A client that is
/// gone is noticed by what is written to it next.
@Component
final class StatusEvents {

  static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";

  private static final Duration SILENCE = Duration.ofSeconds(15);

  /// A client comes back with its token then, which may have been revoked.
  private static final Duration LONGEST = Duration.ofHours(1);

  private final StatusBodies bodies;
  private final StatusWatch watch;
  private final Clock clock;

  StatusEvents(StatusBodies bodies, StatusWatch watch, Clock clock) {
    this.bodies = bodies;
    this.watch = watch;
    this.clock = clock;
  }

  /// Sends from the version on, and returns when the stream has ended.
  ///
  /// @param seen the id of the last event that the client has seen. Where that is the last of all,
  ///   the answer is 204, which tells a browser not to come back
  void send(StatusVersion version, @Nullable String seen, HttpServletResponse response)
      throws IOException {
    if (version.isFinal() && version.tag().equals(seen)) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return;
    }
    response.setContentType(MEDIA_TYPE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Else a web server in front of this one may keep events until they fill a buffer.
    response.setHeader("X-Accel-Buffering", "no");
    var out = response.getOutputStream();
    write(out, "retry: 1000\n\n");
    follow(version, seen, out);
  }

  private void follow(StatusVersion from, @Nullable String seen, OutputStream out)
      throws IOException {
    var end = clock.instant().plus(LONGEST);
    String sent = seen;
    Optional<StatusVersion> current = Optional.of(from);
    while (current.isPresent()) {
      if (current.get().tag().equals(sent)) {
        write(out, ": nothing new\n\n");
      } else {
        current = send(current.get(), out);
        sent = current.map(StatusVersion::tag).orElse(null);
      }
      if (watch.isStopping() || clock.instant().isAfter(end)) return;
      current = current.filter(known -> !known.isFinal()).flatMap(this::next);
    }
  }

  private Optional<StatusVersion> next(StatusVersion known) {
    return watch.await(known, SILENCE);
  }

  /// Sends the status of a version or a later one, and tells which; none where the upload is gone.
  private Optional<StatusVersion> send(StatusVersion version, OutputStream out) throws IOException {
    var found = open(version);
    if (found.isEmpty()) return Optional.empty();
    try (var body = found.get()) {
      write(out, "id: %s\nevent: status\ndata: ".formatted(body.version().tag()));
      body.rendering().copyTo(out);
      write(out, "\n\n");
      return Optional.of(body.version());
    }
  }

  private Optional<Body> open(StatusVersion version) {
    if (version.isFinal()) return bodies.open(version, Detail.ALL);
    var body = bodies.open(version, Detail.NUMBERS);
    return body.map(Body::version).filter(StatusVersion::isFinal).isPresent()
        ? body.flatMap(this::withEntries)
        : body;
  }

  /// It became final between two looks.
  private Optional<Body> withEntries(Body numbers) {
    numbers.close();
    return bodies.open(numbers.version(), Detail.ALL);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
