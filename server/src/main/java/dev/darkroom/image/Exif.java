package dev.darkroom.image;

import static com.drew.metadata.exif.ExifDirectoryBase.TAG_35MM_FILM_EQUIV_FOCAL_LENGTH;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_COLOR_SPACE;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_DATETIME_ORIGINAL;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_EXPOSURE_TIME;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_FNUMBER;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_FOCAL_LENGTH;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_ISO_EQUIVALENT;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_LENS_MAKE;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_LENS_MODEL;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_MAKE;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_MODEL;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_ORIENTATION;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_SOFTWARE;
import static com.drew.metadata.exif.ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the camera wrote into an image (EXIF 2.32). A broken block never fails an image: what can
/// be read of it counts, and the rest is left out.
///
/// Only facts of the camera and the exposure are kept. Where a picture was taken, by whom and with
/// which piece of equipment (position, owner, serial numbers, maker notes) is never read.
///
/// @param orientation 1 to 8; 1 where absent or invalid
/// @param facts texts, integers and decimals, by tag name in snake_case
record Exif(int orientation, Map<String, Object> facts) {

  static final Exif NONE = new Exif(1, Map.of());

  /// The most that a JPEG segment holds; in PNG and WebP a longer block is read up to here.
  private static final int MAX_BLOCK = 64 << 10;

  private static final int MAX_TEXT = 200;
  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Cntrl}\\p{Cn}\\p{Cs}\uFFFD]+");
  private static final DateTimeFormatter TAKEN_AT =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  Exif {
    facts = Map.copyOf(facts);
  }

  /// Reads the block that begins with the TIFF header.
  static Exif read(@Nullable MemorySegment block) {
    if (block == null) {
      return NONE;
    }
    var bytes = block.asSlice(0, Math.min(MAX_BLOCK, block.byteSize())).toArray(JAVA_BYTE);
    var tags = new ExifTags();
    try {
      new TiffReader().processTiff(new ByteArrayReader(bytes), tags, 0);
    } catch (TiffProcessingException | IOException | RuntimeException _) {
      // The reader meets whatever bytes a stranger wrote; the tags before the fault still count.
    }
    return of(tags.image(), tags.exposure());
  }

  private static Exif of(Directory image, Directory exposure) {
    var facts = new LinkedHashMap<String, Object>();
    @Nullable Integer orientation = orientation(image.getInteger(TAG_ORIENTATION));
    put(facts, "orientation", orientation);
    put(facts, "make", text(image, TAG_MAKE));
    put(facts, "model", text(image, TAG_MODEL));
    put(facts, "software", text(image, TAG_SOFTWARE));
    put(facts, "lens_make", text(exposure, TAG_LENS_MAKE));
    put(facts, "lens_model", text(exposure, TAG_LENS_MODEL));
    put(facts, "focal_length", decimal(exposure, TAG_FOCAL_LENGTH));
    put(facts, "focal_length_35mm", positive(exposure, TAG_35MM_FILM_EQUIV_FOCAL_LENGTH));
    put(facts, "f_number", decimal(exposure, TAG_FNUMBER));
    put(facts, "exposure_time", decimal(exposure, TAG_EXPOSURE_TIME));
    put(facts, "iso", positive(exposure, TAG_ISO_EQUIVALENT));
    put(facts, "taken_at", takenAt(exposure));
    put(facts, "color_space", colourSpace(exposure.getInteger(TAG_COLOR_SPACE)));
    return new Exif(orientation == null ? 1 : orientation, facts);
  }

  private static @Nullable Integer orientation(@Nullable Integer value) {
    return value != null && value >= 1 && value <= 8 ? value : null;
  }

  private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  private static @Nullable String text(Directory directory, int tag) {
    String value = directory.getString(tag);
    if (value == null) {
      return null;
    }
    var line = GAPS.matcher(value).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return null;
    }
    return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) : line;
  }

  private static @Nullable Double decimal(Directory directory, int tag) {
    Rational value = directory.getRational(tag);
    if (value == null || value.getDenominator() == 0) {
      return null;
    }
    double number = value.doubleValue();
    return number > 0 ? number : null;
  }

  private static @Nullable Integer positive(Directory directory, int tag) {
    Integer value = directory.getInteger(tag);
    return value != null && value > 0 ? value : null;
  }

  /// ISO 8601, with the offset from UTC where the camera knew it.
  private static @Nullable String takenAt(Directory exposure) {
    String local = text(exposure, TAG_DATETIME_ORIGINAL);
    if (local == null) {
      return null;
    }
    try {
      var time = LocalDateTime.parse(local, TAKEN_AT);
      String offset = text(exposure, TAG_TIME_ZONE_ORIGINAL);
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time)
          + (offset == null ? "" : ZoneOffset.of(offset).getId());
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable String colourSpace(@Nullable Integer value) {
    return switch (value) {
      case 1 -> "sRGB";
      case 2 -> "Adobe RGB";
      case 0xFFFF -> "uncalibrated";
      case null, default -> null;
    };
  }
}
