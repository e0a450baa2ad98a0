package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.Pieces.Writer;
import dev.darkroom.stagedupload.StagedUploadFailure.CheckedTooLarge;
import dev.darkroom.stagedupload.StagedUploadFailure.NotFound;
import dev.darkroom.stagedupload.StagedUploadFailure.ServerStopping;
import dev.darkroom.stagedupload.StagedUploadFailure.TakenOver;
import dev.darkroom.stagedupload.StagedUploadFailure.TooLong;
import dev.darkroom.stagedupload.StagedUploadFailure.TooManyPieces;
import dev.darkroom.stagedupload.StagedUploadFailure.TooSlow;
import dev.darkroom.stagedupload.StagedUploadFailure.WrongOffset;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import dev.darkroom.storage.StoredObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.security.DigestInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Takes the bytes that a request brings for a staged upload, a piece at a time: gathered, stored,
/// and then told of. No connection to the database is held while a client or the store is waited
/// for. Where the connection breaks, what has come is kept; under a checksum all of it counts or
/// none. Safe for use by many threads at once.
@Component
final class Reception implements SmartLifecycle {

  /// As the parts of other objects in a bucket; 5 GB make 640 of them. A node that is killed costs
  /// one.
  static final int PIECE_BYTES = 8 << 20;

  /// Kept apart until its digest is known, and then one piece.
  static final int CHECKED_BYTES = 64 << 20;

  /// At 8 MB each 160 GB; it bounds what clients can make of an upload that send little at a time.
  static final int MAX_PIECES = 20_000;

  private final Pieces pieces;
  private final StoredObjects objects;
  private final ObjectStore store;
  private final Clock clock;
  private volatile boolean started;
  private volatile boolean stopping;

  Reception(Pieces pieces, StoredObjects objects, ObjectStore store, Clock clock) {
    this.pieces = pieces;
    this.objects = objects;
    this.store = store;
    this.clock = clock;
  }

  /// Is told how far an upload has come, each time that more of it is durable.
  interface Progress {
    void at(long offset, Instant expiresAt);
  }

  /// Takes all that the body has, which goes on at `offset`, of a request that has a place
  /// ([Places]). From the first moment on nobody else writes. Returns as well where the connection
  /// broke or fell silent: Tomcat has answered by then, if anybody is there to hear it.
  void receive(StagedUpload upload, long offset, Body body, Progress progress) {
    progress.at(upload.offset(), upload.expiresAt());
    require(upload, offset, body);
    var writer =
        pieces.takeOver(upload.id(), offset).orElseThrow(() -> overtaken(upload.id(), progress));
    try {
      if (body.checksum() == null) {
        receivePieces(upload, writer, body, progress);
      } else {
        receiveChecked(upload, writer, body, progress);
      }
    } catch (IOException diskOut) {
      throw new UncheckedIOException(diskOut);
    }
  }

  private static void require(StagedUpload upload, long offset, Body body) {
    if (offset != upload.offset()) {
      throw new FailureException(new WrongOffset(upload.id(), upload.offset(), offset));
    }
    body.requireFit(upload.length(), offset);
    if (upload.pieces() >= MAX_PIECES) {
      throw new FailureException(new TooManyPieces(MAX_PIECES, upload.pieces() + 1));
    }
  }

  private void receivePieces(StagedUpload upload, Writer writer, Body body, Progress progress)
      throws IOException {
    long offset = upload.offset();
    while (offset < upload.length()) {
      try (var inflow = new Inflow(clock, () -> stopping)) {
        var end =
            inflow.gather(body.bytes(), Math.min(PIECE_BYTES, upload.length() - offset), false);
        if (inflow.length() > 0) store(writer, offset, inflow, progress);
        offset += inflow.length();
        switch (end) {
          case FULL, DUE -> {}
          case COMPLETE, BROKEN -> {
            return;
          }
          case SLOW, STOPPING -> throw ended(end, upload.id(), offset, inflow);
        }
      }
    }
    if (goesOn(body.bytes())) throw tooLong(upload, offset + 1);
  }

  private void receiveChecked(StagedUpload upload, Writer writer, Body body, Progress progress)
      throws IOException {
    var checksum = Objects.requireNonNull(body.checksum());
    long offset = upload.offset();
    long most = Math.min(CHECKED_BYTES, upload.length() - offset);
    var digest = checksum.begin();
    try (var inflow = new Inflow(clock, () -> stopping)) {
      var end = inflow.gather(new DigestInputStream(body.bytes(), digest), most, true);
      switch (end) {
        case COMPLETE -> {}
        case FULL, DUE -> {
          if (goesOn(body.bytes())) throw tooMuch(upload, offset + most);
        }
        case BROKEN -> {
          return;
        }
        case SLOW, STOPPING -> throw ended(end, upload.id(), offset, inflow);
      }
      checksum.requireMatch(digest);
      if (inflow.length() > 0) store(writer, offset, inflow, progress);
    }
  }

  private static FailureException tooMuch(StagedUpload upload, long end) {
    return end == upload.length()
        ? tooLong(upload, end + 1)
        : new FailureException(new CheckedTooLarge(CHECKED_BYTES, CHECKED_BYTES + 1L));
  }

  /// Whether there is more than was to come. A connection that breaks there has nothing to add.
  private static boolean goesOn(InputStream body) {
    try {
      return body.read() >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  private void store(Writer writer, long start, Inflow inflow, Progress progress)
      throws IOException {
    var key = Piece.key(writer.uploadId(), writer.number(), start);
    var piece = new Piece(start, inflow.length(), key);
    try (var arena = Arena.ofShared();
        var putting = objects.announce(key)) {
      put(piece, inflow, arena);
      long objectId = Objects.requireNonNull(putting.ids().get(key));
      var expiresAt =
          pieces
              .add(writer, piece, objectId)
              .orElseThrow(() -> overtaken(writer.uploadId(), progress));
      progress.at(piece.end(), expiresAt);
    }
  }

  private void put(Piece piece, Inflow inflow, Arena arena) throws IOException {
    var bytes = inflow.bytes(arena);
    try {
      store.put(piece.key().original(), bytes);
    } catch (IOException storeOut) {
      throw new FailureException(StorageFailure.of(storeOut), storeOut);
    }
  }

  /// Another has the upload by now, or nobody any more.
  private FailureException overtaken(long uploadId, Progress progress) {
    var upload = pieces.find(uploadId);
    upload.ifPresent(now -> progress.at(now.offset(), now.expiresAt()));
    return new FailureException(
        upload.isPresent() ? new TakenOver(uploadId) : new NotFound(uploadId));
  }

  private static FailureException tooLong(StagedUpload upload, long end) {
    return new FailureException(new TooLong(upload.length(), end));
  }

  private static FailureException ended(Inflow.End end, long id, long offset, Inflow inflow) {
    return new FailureException(
        end == Inflow.End.STOPPING
            ? new ServerStopping(id, offset)
            : new TooSlow(
                Inflow.MIN_BYTES_PER_SECOND, inflow.length(), inflow.lasted().toSeconds()));
  }

  @Override
  public void start() {
    started = true;
  }

  /// What comes still is kept, and its connections end, so that their clients go on elsewhere.
  @Override
  public void stop() {
    stopping = true;
    started = false;
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}
