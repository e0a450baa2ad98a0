package dev.darkroom.image;

/// The formats that a dataset takes, told by content.
public enum ImageFormat {
  JPEG("jpeg", "JPEG", "image/jpeg"),
  PNG("png", "PNG", "image/png"),
  WEBP("webp", "WebP", "image/webp");

  private final String wireName;
  private final String displayName;
  private final String mediaType;

  ImageFormat(String wireName, String displayName, String mediaType) {
    this.wireName = wireName;
    this.displayName = displayName;
    this.mediaType = mediaType;
  }

  public String wireName() {
    return wireName;
  }

  public String displayName() {
    return displayName;
  }

  public String mediaType() {
    return mediaType;
  }
}
