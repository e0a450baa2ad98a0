package dev.darkroom.vision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a vision model is asked.
///
/// @param role what it is to do, and how
/// @param text what is asked
/// @param jpegs the pictures that it is shown with the text
/// @param form what the reply is to be
/// @param correction what was wrong with the reply before, where there was one
record Question(
    String role, String text, List<byte[]> jpegs, Form form, @Nullable Correction correction) {

  /// What a reply is to be.
  sealed interface Form {

    record PlainText() implements Form {}

    record AnyObject() implements Form {}

    /// JSON that follows a schema.
    ///
    /// @param schema in one line
    record Following(String schema) implements Form {}
  }

  /// What was wrong with a reply.
  ///
  /// @param reply null where there is none worth showing
  record Correction(@Nullable String reply, String problem) {}

  Question {
    jpegs = List.copyOf(jpegs);
  }

  Question(String role, String text, List<byte[]> jpegs, Form form) {
    this(role, text, jpegs, form, null);
  }

  Question corrected(Correction correction) {
    return new Question(role, text, jpegs, form, correction);
  }
}
