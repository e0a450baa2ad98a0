package dev.darkroom.image;

import static com.drew.metadata.exif.ExifDirectoryBase.*;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the few tags that are kept from the first two directories of an EXIF block. All others,
/// the maker notes and the position among them, are passed over unread: tags of a hostile block can
/// all point at the same bytes, so that reading each would cost the block's size squared.
final class ExifTags extends DirectoryTiffHandler {

  private static final int TIFF_MARKER = 42;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int MAX_TAG_BYTES = 1024;

  private static final Set<Integer> WANTED =
      Set.of(
          TAG_ORIENTATION,
          TAG_MAKE,
          TAG_MODEL,
          TAG_SOFTWARE,
          TAG_LENS_MAKE,
          TAG_LENS_MODEL,
          TAG_FOCAL_LENGTH,
          TAG_35MM_FILM_EQUIV_FOCAL_LENGTH,
          TAG_FNUMBER,
          TAG_EXPOSURE_TIME,
          TAG_ISO_EQUIVALENT,
          TAG_DATETIME_ORIGINAL,
          TAG_TIME_ZONE_ORIGINAL,
          TAG_COLOR_SPACE);

  private final Directory image = new ExifIFD0Directory();
  private final Directory exposure = new ExifSubIFDDirectory();
  private boolean entered;

  ExifTags() {
    super(new Metadata(), null);
    pushDirectory(image);
  }

  /// The tags of the image itself (IFD0).
  Directory image() {
    return image;
  }

  /// The tags of the exposure (the Exif IFD).
  Directory exposure() {
    return exposure;
  }

  @Override
  public void setTiffMarker(int marker) throws TiffProcessingException {
    if (marker != TIFF_MARKER) {
      throw new TiffProcessingException("not EXIF");
    }
  }

  @Override
  public boolean tryEnterSubIfd(int tag) {
    if (tag != EXIF_DIRECTORY || entered) {
      return false;
    }
    entered = true;
    pushDirectory(exposure);
    return true;
  }

  @Override
  public boolean hasFollowerIfd() {
    return false;
  }

  @Override
  public @Nullable Long tryCustomProcessFormat(int tag, int format, long count) {
    return null;
  }

  @Override
  public boolean customProcessTag(
      int tagOffset,
      Set<Integer> processedOffsets,
      int headerOffset,
      RandomAccessReader reader,
      int tag,
      int byteCount) {
    return !WANTED.contains(tag) || byteCount > MAX_TAG_BYTES;
  }
}
