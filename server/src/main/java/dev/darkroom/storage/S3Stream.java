package dev.darkroom.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The bytes of an object as they arrive. Closed before its end it gives its connection up, and
/// does not wait for the rest. For one thread.
final class S3Stream extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> body;
  private final S3Fault fault;
  private boolean ended;

  S3Stream(ResponseInputStream<GetObjectResponse> body, S3Fault fault) {
    super(body);
    this.body = body;
    this.fault = fault;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = fault.guard(() -> body.read(target, offset, length));
    ended |= count < 0;
    return count;
  }

  @Override
  public long skip(long distance) throws IOException {
    return fault.guard(() -> body.skip(distance));
  }

  @Override
  public int available() throws IOException {
    return fault.guard(body::available);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    // To close it is to read to its end.
    if (!ended) body.abort();
    fault.guard(() -> {
      body.close();
      return null;
    });
  }
}
