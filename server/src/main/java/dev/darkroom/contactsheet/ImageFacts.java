package dev.darkroom.contactsheet;

import dev.darkroom.dataset.DatasetImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Names what is known of an image: what its file is, and what its camera wrote into it.
final class ImageFacts {

  private static final double MEGA = 1_000_000;
  private static final int KILO = 1000;

  private final Map<String, Object> exif;
  private final List<Fact> facts = new ArrayList<>();

  private ImageFacts(Map<String, Object> exif) {
    this.exif = exif;
  }

  /// @param exif by EXIF tag name in snake_case, as they are kept
  static List<Fact> of(DatasetImage image, Map<String, Object> exif) {
    var all = new ImageFacts(exif);
    all.addFile(image);
    all.addCamera();
    return List.copyOf(all.facts);
  }

  private void addFile(DatasetImage image) {
    add(
        "Dimensions",
        String.format(
            Locale.ENGLISH,
            "%,d × %,d pixels (%.1f megapixels)",
            image.width(),
            image.height(),
            image.width() * image.height() / MEGA));
    add("Size", size(image.sizeBytes()));
    add("Format", image.format().toUpperCase(Locale.ROOT));
    add("Place in the archive", String.format(Locale.ENGLISH, "entry %,d", image.ordinal() + 1));
    add("From", image.uploadSourceUrl());
    add("SHA-256", image.sha256());
  }

  private void addCamera() {
    add("Taken", text("taken_at") == null ? null : exif("taken_at").replace('T', ' '));
    add("Camera", joined("make", "model"));
    add("Lens", joined("lens_make", "lens_model"));
    addNumber("Focal length", "focal_length", this::focalLength);
    addNumber("Aperture", "f_number", f -> "f/" + plain(f));
    addNumber("Exposure", "exposure_time", ImageFacts::exposure);
    add("ISO", text("iso"));
    add("Colour space", text("color_space"));
    add("Software", text("software"));
  }

  private String focalLength(double length) {
    var equivalent = text("focal_length_35mm");
    var inWords = plain(length) + " mm";
    return equivalent == null ? inWords : inWords + " (as " + equivalent + " mm on 35 mm film)";
  }

  private static String exposure(double seconds) {
    return seconds < 1 ? "1/" + Math.round(1 / seconds) + " s" : plain(seconds) + " s";
  }

  /// Makers like to repeat their name in that of the model.
  private @Nullable String joined(String make, String model) {
    var maker = text(make);
    var name = text(model);
    if (maker != null && name != null && name.startsWith(maker)) return name;
    var both = Stream.of(maker, name).filter(Objects::nonNull).collect(Collectors.joining(" "));
    return both.isEmpty() ? null : both;
  }

  private void addNumber(String name, String tag, DoubleFunction<String> text) {
    if (exif.get(tag) instanceof Number number) add(name, text.apply(number.doubleValue()));
  }

  private @Nullable String text(String tag) {
    var value = exif.get(tag);
    return value == null ? null : value.toString();
  }

  private String exif(String tag) {
    return String.valueOf(exif.get(tag));
  }

  private void add(String name, @Nullable String value) {
    if (value != null) facts.add(new Fact(name, value));
  }

  static String size(long bytes) {
    if (bytes < KILO) return bytes + " bytes";
    return bytes < MEGA
        ? String.format(Locale.ENGLISH, "%.0f kB", bytes / (double) KILO)
        : String.format(Locale.ENGLISH, "%.1f MB", bytes / MEGA);
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ENGLISH, "%.0f", number)
        : String.format(Locale.ENGLISH, "%.1f", number);
  }
}
