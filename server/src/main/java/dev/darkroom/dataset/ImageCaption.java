package dev.darkroom.dataset;

import org.jspecify.annotations.Nullable;

/// What an image says of itself, and where that comes from.
///
/// @param text null where no caption could be written
/// @param source `automatic` or `manual`; null without a text
/// @param author what wrote an automatic one
/// @param schemaHash of the visual schema that an automatic one was written under; FIBO only
public record ImageCaption(
    @Nullable String text,
    @Nullable String source,
    @Nullable String author,
    @Nullable String schemaHash) {

  private static final ImageCaption NONE = new ImageCaption(null, null, null, null);

  /// Somebody has written it.
  public static ImageCaption manual(String text) {
    return new ImageCaption(text, "manual", null, null);
  }

  public static ImageCaption automatic(String text, String author, @Nullable String schemaHash) {
    return new ImageCaption(text, "automatic", author, schemaHash);
  }

  public static ImageCaption none() {
    return NONE;
  }
}
