package dev.darkroom.storage;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;

/// Puts objects into a bucket. What has a length goes in one request; a stream that is longer than
/// a part goes as a multipart upload, a part at a time, each gathered outside the heap first. A
/// part can so be sent again, and a stream that fails leaves nothing. Safe for use by many threads
/// at once.
final class S3Puts {

  /// 10 000 parts are allowed, which makes 80 GB; the least is 5 MB.
  static final int PART_BYTES = 8 << 20;

  /// A source gives a part's bytes in ten minutes, or is given up (`Pace`), and the store takes
  /// them within a minute or two, or is: a put that goes on has written a part within the hour. The
  /// rest is for clocks that differ.
  private static final Duration UNFINISHED_AFTER = Duration.ofHours(1);

  private static final String ANY_BYTES = "application/octet-stream";
  private static final int BUFFER_BYTES = 64 << 10;

  private final S3Client client;
  private final StoreLocation.Bucket bucket;
  private final S3Timeouts timeouts;
  private final S3Fault fault;

  S3Puts(S3Client client, StoreLocation.Bucket bucket, S3Timeouts timeouts, S3Fault fault) {
    this.client = client;
    this.bucket = bucket;
    this.timeouts = timeouts;
    this.fault = fault;
  }

  void put(ObjectKey key, MemorySegment bytes) throws IOException {
    fault.guard(() ->
        client.putObject(
            put ->
                put.bucket(bucket.name())
                    .key(bucket.key(key))
                    .contentType(ANY_BYTES)
                    .overrideConfiguration(override ->
                        override.apiCallAttemptTimeout(timeouts.attempt(bytes.byteSize()))),
            body(bytes)));
  }

  long put(ObjectKey key, InputStream bytes) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(PART_BYTES);
      long filled = fill(buffer, bytes);
      if (filled == PART_BYTES) return putInParts(key, bytes, buffer);
      put(key, buffer.asSlice(0, filled));
      return filled;
    }
  }

  /// The buffer holds the first part.
  private long putInParts(ObjectKey key, InputStream bytes, MemorySegment buffer)
      throws IOException {
    var upload = begin(key);
    try {
      List<CompletedPart> parts = new ArrayList<>();
      long written = 0;
      for (long filled = PART_BYTES; filled > 0; filled = fill(buffer, bytes)) {
        parts.add(putPart(upload, parts.size() + 1, buffer.asSlice(0, filled)));
        written += filled;
      }
      complete(upload, parts);
      return written;
    } catch (IOException | RuntimeException e) {
      abandon(upload, e);
      throw e;
    }
  }

  private Upload begin(ObjectKey key) throws IOException {
    var begun =
        fault.guard(() ->
            client.createMultipartUpload(create ->
                create.bucket(bucket.name()).key(bucket.key(key)).contentType(ANY_BYTES)));
    return new Upload(begun.key(), begun.uploadId());
  }

  private CompletedPart putPart(Upload upload, int number, MemorySegment bytes) throws IOException {
    var put =
        fault.guard(() ->
            client.uploadPart(
                part ->
                    part.bucket(bucket.name())
                        .key(upload.key())
                        .uploadId(upload.id())
                        .partNumber(number)
                        .overrideConfiguration(override ->
                            override.apiCallAttemptTimeout(timeouts.attempt(bytes.byteSize()))),
                body(bytes)));
    return CompletedPart.builder().partNumber(number).eTag(put.eTag()).build();
  }

  private void complete(Upload upload, List<CompletedPart> parts) throws IOException {
    fault.guard(() ->
        client.completeMultipartUpload(complete ->
            complete
                .bucket(bucket.name())
                .key(upload.key())
                .uploadId(upload.id())
                .multipartUpload(all -> all.parts(parts))));
  }

  /// Does not hide why: where the store is out, the parts stay until they are found unfinished. An
  /// interrupt waits, because no request can be made before it is cleared.
  private void abandon(Upload upload, Exception why) {
    boolean interrupted = Thread.interrupted();
    try {
      abort(upload);
    } catch (SdkException e) {
      why.addSuppressed(e);
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private void abort(Upload upload) {
    client.abortMultipartUpload(abort ->
        abort
            .bucket(bucket.name())
            .key(upload.key())
            .uploadId(upload.id())
            .overrideConfiguration(override -> override.apiCallTimeout(timeouts.connect())));
  }

  void discardUnfinished(Instant now) throws IOException {
    var before = now.minus(UNFINISHED_AFTER);
    fault.guard(() -> {
      client
          .listMultipartUploadsPaginator(list -> list.bucket(bucket.name()).prefix(bucket.folder()))
          .uploads()
          .forEach(upload -> discardWrittenBefore(before, upload));
      return null;
    });
  }

  private void discardWrittenBefore(Instant time, MultipartUpload found) {
    if (!found.initiated().isBefore(time)) return;
    var upload = new Upload(found.key(), found.uploadId());
    try {
      if (lastWritten(upload).isBefore(time)) abort(upload);
    } catch (NoSuchUploadException _) {
      // The put has ended meanwhile.
    }
  }

  private Instant lastWritten(Upload upload) {
    return client
        .listPartsPaginator(
            list -> list.bucket(bucket.name()).key(upload.key()).uploadId(upload.id()))
        .parts()
        .stream()
        .map(Part::lastModified)
        .reduce(Instant.MIN, (one, other) -> one.isBefore(other) ? other : one);
  }

  private static RequestBody body(MemorySegment bytes) {
    return RequestBody.fromContentProvider(
        () -> new SegmentStream(bytes), bytes.byteSize(), ANY_BYTES);
  }

  /// As many bytes as there are, and as there is room for.
  private static long fill(MemorySegment target, InputStream bytes) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long filled = 0;
    while (filled < target.byteSize()) {
      int count = bytes.read(buffer, 0, (int) Math.min(buffer.length, target.byteSize() - filled));
      if (count < 0) break;
      MemorySegment.copy(buffer, 0, target, JAVA_BYTE, filled, count);
      filled += count;
    }
    return filled;
  }

  /// @param key within the bucket
  private record Upload(String key, String id) {}
}
