package dev.darkroom.account;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The quotas that a command sets; one that is not given stays as it is.
final class QuotaOptions {

  private static final String DEFAULT = "default";

  @Option(
      names = "--storage",
      paramLabel = "BYTES",
      converter = Storage.class,
      description = "Of all images together, such as 500GB; default for the server's own.")
  @Nullable Bound storage;

  @Option(
      names = "--running",
      paramLabel = "COUNT",
      converter = Count.class,
      description = "Bulk uploads that go on or wait at a time; default for the server's own.")
  @Nullable Bound running;

  @Option(
      names = "--per-day",
      paramLabel = "COUNT",
      converter = Count.class,
      description = "Bulk uploads a day, in UTC; default for the server's own.")
  @Nullable Bound perDay;

  /// @param value null for the server's own
  record Bound(@Nullable Long value) {

    @Nullable Integer count() {
      return value == null ? null : Math.toIntExact(value);
    }
  }

  boolean isGiven() {
    return storage != null || running != null || perDay != null;
  }

  Quota over(Quota present) {
    return new Quota(
        storage == null ? present.storageBytes() : storage.value(),
        running == null ? present.uploadsRunning() : running.count(),
        perDay == null ? present.uploadsPerDay() : perDay.count());
  }

  static final class Storage implements ITypeConverter<Bound> {
    @Override
    public Bound convert(String text) {
      if (text.equals(DEFAULT)) return new Bound(null);
      try {
        var size = DataSize.parse(text);
        if (!size.isNegative()) return new Bound(size.toBytes());
      } catch (IllegalArgumentException | ArithmeticException _) {
        // Falls through to the one answer for all that is no size.
      }
      throw new TypeConversionException(
          "'%s' is no size such as 500GB, and not default".formatted(text));
    }
  }

  static final class Count implements ITypeConverter<Bound> {
    @Override
    public Bound convert(String text) {
      if (text.equals(DEFAULT)) return new Bound(null);
      if (text.matches("[0-9]{1,9}")) return new Bound(Long.valueOf(text));
      throw new TypeConversionException("'%s' is no number, and not default".formatted(text));
    }
  }
}
