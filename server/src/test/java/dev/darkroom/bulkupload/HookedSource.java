package dev.darkroom.bulkupload;

import dev.darkroom.archive.RangeSource;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// An archive at whose reads something happens first, once it is armed: a test waits, or breaks the
/// server.
public final class HookedSource implements RangeSource {

  private final RangeSource archive;
  private volatile LongConsumer hook = _ -> {};

  public HookedSource(RangeSource archive) {
    this.archive = archive;
  }

  /// Has a hook called before each read.
  ///
  /// @param hook is given the offset that is read from
  public void beforeEachRead(LongConsumer hook) {
    this.hook = hook;
  }

  @Override
  public long length() {
    return archive.length();
  }

  @Override
  public InputStream open(long offset, long length) {
    hook.accept(offset);
    return archive.open(offset, length);
  }
}
