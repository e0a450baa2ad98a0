package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import org.jspecify.annotations.Nullable;

/// The rules that fields of many request bodies share. A null field reads as an absent one.
public final class Fields {

  private Fields() {}

  /// The field's value, which must be there.
  public static <T> T required(String field, @Nullable T value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      throw new FailureException(new ApiFailure.FieldMissing(field));
    }
    return value;
  }

  /// The field's value; where it is given, it must not be blank.
  public static @Nullable String notBlank(String field, @Nullable String value) {
    return value == null ? null : required(field, value);
  }
}
