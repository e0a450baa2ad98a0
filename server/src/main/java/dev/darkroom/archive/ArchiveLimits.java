package dev.darkroom.archive;

import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much of an archive is accepted. Each limit is named in the failure that it causes.
///
/// @param maxImages images, duplicates too
/// @param maxZipBytes the archive itself
/// @param maxEntries entries of every kind
/// @param maxDirectoryBytes the central directory
/// @param maxEntryBytes one entry, inflated
/// @param maxInflatedBytes all entries together, inflated, as the directory declares them
/// @param maxCaptionBytes one text entry, inflated
/// @param maxMetadataBytes all metadata files together, which hold the captions of many images,
///   inflated
@ConfigurationProperties("darkroom.limits")
public record ArchiveLimits(
    @DefaultValue("" + MAX_IMAGES) int maxImages,
    @DefaultValue("" + MAX_ZIP_BYTES) long maxZipBytes,
    @DefaultValue("" + MAX_ENTRIES) int maxEntries,
    @DefaultValue("" + MAX_DIRECTORY_BYTES) int maxDirectoryBytes,
    @DefaultValue("" + MAX_ENTRY_BYTES) int maxEntryBytes,
    @DefaultValue("" + MAX_INFLATED_BYTES) long maxInflatedBytes,
    @DefaultValue("" + MAX_CAPTION_BYTES) int maxCaptionBytes,
    @DefaultValue("" + MAX_METADATA_BYTES) int maxMetadataBytes)
    implements LimitSource {

  private static final int MAX_IMAGES = 5_000;
  private static final long MAX_ZIP_BYTES = 5L << 30;
  private static final int MAX_ENTRIES = 20_000;
  private static final int MAX_DIRECTORY_BYTES = 64 << 20;
  private static final int MAX_ENTRY_BYTES = 256 << 20;
  private static final long MAX_INFLATED_BYTES = 50L << 30;
  private static final int MAX_CAPTION_BYTES = 64 << 10;

  /// 3 KB for each of the most images.
  private static final int MAX_METADATA_BYTES = 16 << 20;

  public ArchiveLimits {
    requirePositive("max-images", maxImages);
    requirePositive("max-zip-bytes", maxZipBytes);
    requirePositive("max-entries", maxEntries);
    requirePositive("max-directory-bytes", maxDirectoryBytes);
    requirePositive("max-entry-bytes", maxEntryBytes);
    requirePositive("max-inflated-bytes", maxInflatedBytes);
    requirePositive("max-caption-bytes", maxCaptionBytes);
    requirePositive("max-metadata-bytes", maxMetadataBytes);
  }

  /// The limits that hold where no setting says otherwise.
  public static ArchiveLimits defaults() {
    return new ArchiveLimits(
        MAX_IMAGES,
        MAX_ZIP_BYTES,
        MAX_ENTRIES,
        MAX_DIRECTORY_BYTES,
        MAX_ENTRY_BYTES,
        MAX_INFLATED_BYTES,
        MAX_CAPTION_BYTES,
        MAX_METADATA_BYTES);
  }

  /// The same where text entries are metadata files: one may take all that they have together.
  public ArchiveLimits forMetadata() {
    return new ArchiveLimits(
        maxImages,
        maxZipBytes,
        maxEntries,
        maxDirectoryBytes,
        maxEntryBytes,
        maxInflatedBytes,
        maxMetadataBytes,
        maxMetadataBytes);
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        new Limit("max-images", maxImages),
        new Limit("max-zip-bytes", maxZipBytes),
        new Limit("max-entries", maxEntries),
        new Limit("max-directory-bytes", maxDirectoryBytes),
        new Limit("max-entry-bytes", maxEntryBytes),
        new Limit("max-inflated-bytes", maxInflatedBytes),
        new Limit("max-caption-bytes", maxCaptionBytes),
        new Limit("max-metadata-bytes", maxMetadataBytes));
  }

  /// The most bytes that an entry of `kind` may inflate to.
  int maxBytes(EntryKind kind) {
    return kind == EntryKind.TEXT ? Math.min(maxCaptionBytes, maxEntryBytes) : maxEntryBytes;
  }

  private static void requirePositive(String setting, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "darkroom.limits." + setting + " must be positive, not " + value);
    }
  }
}
