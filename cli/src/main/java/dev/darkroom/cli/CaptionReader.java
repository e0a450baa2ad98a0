package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import dev.darkroom.cli.CaptionedDataset.Image;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the captions in what an export wrote, or in what people made like it.
final class CaptionReader {

  /// A request takes no more.
  private static final long MAX_BYTES = 1 << 20;

  private final CaptionedDataset dataset;
  private final Map<String, List<Image>> byName;

  CaptionReader(CaptionedDataset dataset) {
    this.dataset = dataset;
    this.byName = dataset.images().stream().collect(Collectors.groupingBy(Image::name));
  }

  List<FoundCaption> read(Path source) throws IOException {
    if (!Files.exists(source)) {
      throw new CommandFailure.Local(
          "There is no file or folder %s.".formatted(source), "Name what captions export wrote.");
    }
    return Files.isDirectory(source) ? readFolder(source) : readLines(source);
  }

  private List<FoundCaption> readFolder(Path folder) throws IOException {
    var listed = CaptionFolder.of(folder, dataset.ending());
    var owners = new CaptionOwners(dataset, listed.files().keySet());
    List<FoundCaption> found = new ArrayList<>(listed.unreadable());
    for (var file : listed.files().entrySet()) {
      String path = file.getKey();
      var image = owners.of(path);
      found.add(
          image == null ? new FoundCaption.Unknown(path) : readFile(file.getValue(), path, image));
    }
    return found;
  }

  private FoundCaption readFile(Path file, String path, Image image) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return new FoundCaption.Unusable(path, "The file is larger than 1 MiB.");
      }
      return caption(path, image, Utf8.text(Files.readAllBytes(file)));
    } catch (CharacterCodingException _) {
      return new FoundCaption.Unusable(path, "The file is no text in UTF-8.");
    } catch (IOException e) {
      return CaptionFolder.unreadable(path, e);
    }
  }

  private List<FoundCaption> readLines(Path file) throws IOException {
    List<Line> lines = lines(file);
    Map<String, Integer> names = new HashMap<>();
    for (Line line : lines) {
      if (line.object() != null) names.merge(name(line.object()), 1, Integer::sum);
    }
    boolean whole = lines.stream().allMatch(line -> line.object() != null);
    List<FoundCaption> found = new ArrayList<>();
    for (Line line : lines) {
      var object = line.object();
      if (object == null) {
        found.add(new FoundCaption.Unusable(line.place(), line.fault()));
      } else if (object.get("caption") != null) {
        boolean several = names.getOrDefault(name(object), 0) > 1;
        // A line that cannot be read may have had the same name.
        boolean unsure = !whole && object.isNumber("ordinal");
        found.add(readLine(line.place(), object, several || unsure));
      }
      // Without a caption: the image had none when it was exported.
    }
    return found;
  }

  /// @param fault why there is no object
  private record Line(String place, @Nullable JsonObject object, String fault) {}

  private static List<Line> lines(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : Utf8.lines(Files.readAllBytes(file))) {
      String place = "line " + ++number;
      if (text == null) lines.add(new Line(place, null, "The line is no text in UTF-8."));
      else if (!text.isBlank()) {
        lines.add(new Line(place, CaptionJson.parse(text), "It is no JSON object."));
      }
    }
    return lines;
  }

  /// @param several whether other lines have the name too: of their images some may be deleted
  private FoundCaption readLine(String place, JsonObject line, boolean several) {
    String name = name(line);
    String called = place + ", " + name;
    List<Image> images = byName.getOrDefault(name, List.of());
    if (images.isEmpty()) return new FoundCaption.Unknown(called);
    boolean byOrdinal = several || images.size() > 1;
    if (byOrdinal && !line.isNumber("ordinal")) {
      return new FoundCaption.Unusable(called, "Several images are called so; tell the ordinal.");
    }
    Image image = byOrdinal ? withOrdinal(images, line.getInt("ordinal")) : images.getFirst();
    if (image == null) return new FoundCaption.Unknown(called);
    return line.get("caption") instanceof JsonObject object
        ? caption(called, image, CaptionJson.compact(object))
        : caption(called, image, line.getString("caption", ""));
  }

  private static String name(JsonObject line) {
    return line.getString("image_name", "");
  }

  private static @Nullable Image withOrdinal(List<Image> images, int ordinal) {
    return images.stream().filter(image -> image.ordinal() == ordinal).findFirst().orElse(null);
  }

  private FoundCaption caption(String place, Image image, String text) {
    if (dataset.structured()) return structured(place, image, text);
    String caption = text.strip();
    if (caption.isEmpty()) return new FoundCaption.Unusable(place, "The caption is blank.");
    return new FoundCaption.Matched(place, image, caption, !caption.equals(image.caption()));
  }

  /// Two objects are the same however they are written.
  private static FoundCaption structured(String place, Image image, String text) {
    var caption = CaptionJson.parse(text);
    if (caption == null) {
      return new FoundCaption.Unusable(place, "The caption is no JSON object.");
    }
    String present = image.caption();
    boolean same = present != null && caption.equals(CaptionJson.parse(present));
    return new FoundCaption.Matched(place, image, CaptionJson.compact(caption), !same);
  }
}
