package dev.darkroom.image;

/// The formats that a dataset takes, told by content.
public enum ImageFormat {
  JPEG("jpeg", "image/jpeg"),
  PNG("png", "image/png"),
  WEBP("webp", "image/webp");

  private final String wireName;
  private final String mediaType;

  ImageFormat(String wireName, String mediaType) {
    this.wireName = wireName;
    this.mediaType = mediaType;
  }

  public String wireName() {
    return wireName;
  }

  public String mediaType() {
    return mediaType;
  }
}
