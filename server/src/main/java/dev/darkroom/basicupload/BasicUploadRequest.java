package dev.darkroom.basicupload;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Form;
import dev.darkroom.basicupload.BasicUploadFailure.Plain;
import dev.darkroom.basicupload.BasicUploadFailure.UrlUnusable;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.sentimage.SentImage;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/// What a client asks for: the image to add, and how.
///
/// @param name what the image is called, where anything says so
record BasicUploadRequest(
    SentImage image, @Nullable String name, boolean increaseResolution, boolean moderate) {

  /// The body as JSON. A null field reads as an absent one.
  ///
  /// @param file in base64
  record Given(
      @Nullable String file,
      @Nullable String imageUrl,
      @Nullable String imageName,
      @Nullable Boolean increaseResolution,
      @Nullable Boolean contentModeration) {

    BasicUploadRequest checked() {
      return new BasicUploadRequest(
          oneOf(file == null ? null : inBase64(file), imageUrl),
          imageName,
          !Boolean.FALSE.equals(increaseResolution),
          Boolean.TRUE.equals(contentModeration));
    }

    private static SentImage inBase64(String file) {
      return SentImage.ofBase64(file)
          .orElseThrow(() ->
              new FailureException(new ApiFailure.FieldInvalid("file", "an image in base64")));
    }
  }

  /// The body as a form, in which the part `file` is the image as it is.
  static BasicUploadRequest of(Form form) {
    var file = form.part("file");
    return new BasicUploadRequest(
        oneOf(
            file.map(part -> new SentImage.Inline(part.getSize(), part::getInputStream))
                .orElse(null),
            form.text("image_url").orElse(null)),
        form.text("image_name")
            .or(() -> file.map(Part::getSubmittedFileName).map(ImageName::lastPart))
            .orElse(null),
        form.flag("increase_resolution").orElse(true),
        form.flag("content_moderation").orElse(false));
  }

  private static SentImage oneOf(@Nullable SentImage inline, @Nullable String url) {
    if (inline != null && url == null) return inline;
    if (inline == null && url != null) return remote(url);
    throw new FailureException(Plain.NOT_ONE_SOURCE);
  }

  private static SentImage remote(String imageUrl) {
    try {
      return new SentImage.Remote(SourceUrl.parse(imageUrl.strip()));
    } catch (FailureException invalid) {
      throw new FailureException(new UrlUnusable(invalid.failure().message()), invalid);
    }
  }

  /// What the image is called: as the client says, else as its file or the URL's path ends.
  String nameOr(String otherwise) {
    return switch (image) {
      case SentImage.Inline _ -> ImageName.first(name, otherwise);
      case SentImage.Remote(var url) -> ImageName.first(name, ImageName.ofUrl(url), otherwise);
    };
  }

  /// The URL that the image is fetched from, as it may be shown.
  @Nullable String shownUrl() {
    return switch (image) {
      case SentImage.Inline _ -> null;
      case SentImage.Remote(var url) -> url.shown();
    };
  }
}
