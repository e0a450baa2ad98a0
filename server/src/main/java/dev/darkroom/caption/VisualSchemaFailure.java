package dev.darkroom.caption;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a text is no visual schema.
public sealed interface VisualSchemaFailure extends Failure {

  @Override
  default int status() {
    return 400;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The text is not JSON, or not an object.
  ///
  /// @param why the end of a sentence about the text
  record NotAnObject(String why) implements VisualSchemaFailure {
    @Override
    public String type() {
      return "request.field-invalid";
    }

    @Override
    public String message() {
      return "The field visual_schema must be a string that holds a JSON object; this one %s."
          .formatted(why);
    }
  }

  /// More than fits beside the rest of a caption.
  record TooLarge(int bytes, int maxBytes) implements VisualSchemaFailure {
    @Override
    public String type() {
      return "visual-schema.too-large";
    }

    @Override
    public String message() {
      return "The visual_schema has %d bytes; at most %d are taken.".formatted(bytes, maxBytes);
    }

    @Override
    public Long limit() {
      return (long) maxBytes;
    }

    @Override
    public Long actual() {
      return (long) bytes;
    }
  }

  /// A path of the caption schema has a value that no caption can have there.
  ///
  /// @param wanted the types in words, such as `a string or null`
  record WrongType(String path, String wanted, String found) implements VisualSchemaFailure {
    @Override
    public String type() {
      return "visual-schema.wrong-type";
    }

    @Override
    public String message() {
      return "The visual_schema has %s at %s, where a caption has %s; send that, or use another key."
          .formatted(found, path, wanted);
    }
  }

  /// The same path is there dotted and nested, and they disagree.
  record Ambiguous(String path, String first, String second) implements VisualSchemaFailure {
    @Override
    public String type() {
      return "visual-schema.ambiguous";
    }

    @Override
    public String message() {
      return "The visual_schema gives %s two values, %s and %s; send one of them."
          .formatted(path, first, second);
    }
  }
}
