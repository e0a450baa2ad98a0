package dev.darkroom.bulkupload;

import dev.darkroom.archive.RangeSource;
import java.io.InputStream;

/// An archive at whose reads something happens first, once it is armed: a test waits, or breaks the
/// server.
final class HookedSource implements RangeSource {

  private final RangeSource archive;
  private volatile Runnable hook = () -> {};

  HookedSource(RangeSource archive) {
    this.archive = archive;
  }

  void beforeEachRead(Runnable hook) {
    this.hook = hook;
  }

  @Override
  public long length() {
    return archive.length();
  }

  @Override
  public InputStream open(long offset, long length) {
    hook.run();
    return archive.open(offset, length);
  }
}
