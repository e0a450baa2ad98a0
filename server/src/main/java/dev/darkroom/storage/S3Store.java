package dev.darkroom.storage;

import dev.darkroom.failure.FailureException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Keeps each object in a bucket of an S3 store, Amazon's or any other. A put is seen by everybody,
/// whole, once it has returned. Safe for many threads, and for many nodes on one bucket.
final class S3Store implements ObjectStore, Closeable {

  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final StoreLocation.Bucket bucket;
  private final String place;
  private final S3Client client;
  private final S3Presigner presigner;
  private final S3Fault fault;
  private final S3Puts puts;
  private final boolean redirect;
  private final Clock clock;

  S3Store(StoreLocation.Bucket bucket, S3Settings settings, S3Timeouts timeouts, Clock clock) {
    this.bucket = bucket;
    this.place = bucket + " at " + settings.place();
    this.fault = new S3Fault(place);
    this.redirect = settings.redirect();
    this.clock = clock;
    var clients = new S3Clients(settings);
    try {
      this.client = clients.client(timeouts);
      this.presigner = clients.presigner();
    } catch (SdkException e) {
      throw unusable(fault.of(e));
    }
    this.puts = new S3Puts(client, bucket, timeouts, fault);
  }

  /// Fails where the bucket is not there, or not ours to read.
  void requireUsable() {
    try {
      fault.guard(() ->
          client.listObjectsV2(
              list -> list.bucket(bucket.name()).prefix(bucket.folder()).maxKeys(1)));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public String place() {
    return place;
  }

  private static FailureException unusable(IOException e) {
    return new FailureException(
        new StorageFailure.BucketUnusable(String.valueOf(e.getMessage())), e);
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    puts.put(key, bytes);
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    return puts.put(key, bytes);
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    try {
      return client
          .headObject(head -> head.bucket(bucket.name()).key(bucket.key(key)))
          .contentLength();
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) throw fault.of(e);
      requireBucket();
      throw new ObjectNotFoundException(key);
    } catch (SdkException e) {
      throw fault.of(e);
    }
  }

  /// The answer to a HEAD has no body that could tell whether object or bucket is missing.
  private void requireBucket() throws IOException {
    fault.guard(() -> client.headBucket(head -> head.bucket(bucket.name())));
  }

  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    if (length == 0) {
      var _ = length(key);
      return InputStream.nullInputStream();
    }
    var request =
        GetObjectRequest.builder()
            .bucket(bucket.name())
            .key(bucket.key(key))
            .range(range(offset, length))
            .build();
    try {
      return new S3Stream(client.getObject(request), fault);
    } catch (NoSuchBucketException e) {
      throw fault.of(e);
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case NOT_FOUND -> throw new ObjectNotFoundException(key);
        case RANGE_NOT_SATISFIABLE -> InputStream.nullInputStream();
        default -> throw fault.of(e);
      };
    } catch (SdkException e) {
      throw fault.of(e);
    }
  }

  /// As a Range header names it (RFC 9110, 14.1.2), the last byte included.
  private static String range(long offset, long length) {
    boolean isBounded = length <= Long.MAX_VALUE - offset;
    return "bytes=%d-%s".formatted(offset, isBounded ? offset + length - 1 : "");
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    fault.guard(
        () -> client.deleteObject(delete -> delete.bucket(bucket.name()).key(bucket.key(key))));
  }

  @Override
  public void discardUnfinishedPuts() throws IOException {
    puts.discardUnfinished(clock.instant());
  }

  @Override
  public Optional<URI> signedUrl(ObjectKey key, LinkTerms terms) throws IOException {
    if (!redirect) return Optional.empty();
    var valid = Duration.between(clock.instant(), terms.expiry());
    return fault.guard(() -> {
      var signed =
          presigner.presignGetObject(presign ->
              presign
                  .signatureDuration(valid)
                  .getObjectRequest(get ->
                      get.bucket(bucket.name())
                          .key(bucket.key(key))
                          .responseContentType(terms.contentType())
                          .responseContentDisposition(terms.contentDisposition())));
      return Optional.of(URI.create(signed.url().toString()));
    });
  }

  @Override
  public long availableBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }
}
