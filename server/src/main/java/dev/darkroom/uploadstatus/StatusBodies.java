package dev.darkroom.uploadstatus;

import dev.darkroom.bulkupload.BulkUploadStatus;
import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.bulkupload.StatusVersion;
import dev.darkroom.rendering.Rendering;
import dev.darkroom.rendering.Renderings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Statuses as JSON, each version rendered once for all who ask for it: two hundred clients that
/// poll the same upload cost its database one reading of its failures, not two hundred. The last
/// few are kept. Safe for use by many threads at once.
@Component
final class StatusBodies implements AutoCloseable {

  private static final int KEPT = 16;

  /// How far behind the clock the `eta_seconds` of a body may be.
  private static final Duration ETA_HOLDS = Duration.ofSeconds(1);

  private final BulkUploadStatuses statuses;
  private final Renderings renderings;
  private final JsonMapper json;
  private final Clock clock;
  private final AtomicLong begun = new AtomicLong();

  /// In the order of their last use.
  private final Map<Key, Body> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  StatusBodies(BulkUploadStatuses statuses, Renderings renderings, JsonMapper json, Clock clock) {
    this.statuses = statuses;
    this.renderings = renderings;
    this.json = json;
    this.clock = clock;
  }

  enum Detail {
    NUMBERS,
    ALL
  }

  private record Key(long uploadId, Detail detail) {}

  /// A status as JSON, of a version.
  ///
  /// @param number in the order in which renderings were begun
  record Body(StatusVersion version, Rendering rendering, long number, Instant begun)
      implements AutoCloseable {
    @Override
    public void close() {
      rendering.close();
    }
  }

  /// The status of a version or a later one, which the caller closes. None where the upload is
  /// gone.
  Optional<Body> open(StatusVersion version, Detail detail) {
    var key = new Key(version.uploadId(), detail);
    long now = begun.get();
    return find(key, version, now)
        .or(() -> renderings.inTurn(() -> find(key, version, now).or(() -> render(key))));
  }

  /// @param since what was begun after it is later than the version, or the same
  private synchronized Optional<Body> find(Key key, StatusVersion version, long since) {
    Body body = kept.get(key);
    if (body == null || (body.number() <= since && !isOf(version, body))) return Optional.empty();
    body.rendering().hold();
    return Optional.of(body);
  }

  private boolean isOf(StatusVersion version, Body body) {
    return body.version().equals(version)
        && (version.isFinal() || clock.instant().isBefore(body.begun().plus(ETA_HOLDS)));
  }

  private Optional<Body> render(Key key) {
    long number = begun.incrementAndGet();
    var now = clock.instant();
    BiFunction<StatusVersion, BulkUploadStatus, Body> reader =
        (version, status) ->
            new Body(version, Rendering.of(out -> json.writeValue(out, status)), number, now);
    var body =
        switch (key.detail()) {
          case NUMBERS -> statuses.readNumbers(key.uploadId(), reader);
          case ALL -> statuses.read(key.uploadId(), reader);
        };
    body.ifPresent(made -> keep(key, made));
    return body;
  }

  private synchronized void keep(Key key, Body body) {
    body.rendering().hold();
    var replaced = kept.put(key, body);
    if (replaced != null) replaced.close();
    if (kept.size() > KEPT) dropEldest();
  }

  private void dropEldest() {
    var bodies = kept.values().iterator();
    bodies.next().close();
    bodies.remove();
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(Body::close);
    kept.clear();
  }
}
