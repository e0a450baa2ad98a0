package dev.darkroom.admin;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Fields;
import dev.darkroom.failure.FailureException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rule for names of organizations and tokens: they stand in lists, logs and tables.
final class Names {

  private static final int MAX_LENGTH = 100;

  private static final Pattern VALID = Pattern.compile("[^\\p{Cntrl}]{1,%d}".formatted(MAX_LENGTH));

  private Names() {}

  static String required(String field, @Nullable String name) {
    var stripped = Fields.required(field, name).strip();
    if (!VALID.matcher(stripped).matches()) {
      throw new FailureException(
          new ApiFailure.FieldInvalid(
              field,
              "at most %d characters, none of them a control character".formatted(MAX_LENGTH)));
    }
    return stripped;
  }
}
