package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import dev.darkroom.cli.CaptionedDataset.Image;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : files(folder)) {
      files.put(folder.relativize(file).toString().replace('\\', '/'), file);
    }
    var owners = new CaptionOwners(dataset, files.keySet());
    List<FoundCaption> found = new ArrayList<>();
    for (var file : files.entrySet()) {
      String path = file.getKey();
      var image = owners.of(path);
      found.add(
          image == null ? new FoundCaption.Unknown(path) : readFile(file.getValue(), path, image));
    }
    return found;
  }

  /// Links are not followed.
  private List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(dataset.ending()))
          .sorted()
          .toList();
    }
  }

  private FoundCaption readFile(Path file, String path, Image image) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      return new FoundCaption.Unusable(path, "The file is larger than 1 MiB.");
    }
    try {
      return caption(path, image, Files.readString(file));
    } catch (CharacterCodingException _) {
      return new FoundCaption.Unusable(path, "The file is no text in UTF-8.");
    }
  }

  private List<FoundCaption> readLines(Path file) throws IOException {
    List<String> lines = lines(file);
    List<@Nullable JsonObject> objects = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    for (String line : lines) {
      var json = CaptionJson.parse(line);
      objects.add(json);
      if (json != null) names.merge(name(json), 1, Integer::sum);
    }
    List<FoundCaption> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) continue;
      String place = "line " + (i + 1);
      var json = objects.get(i);
      if (json == null) found.add(new FoundCaption.Unusable(place, "It is no JSON object."));
      // An image without a caption when it was exported.
      else if (json.get("caption") != null) {
        found.add(readLine(place, json, names.getOrDefault(name(json), 0) > 1));
      }
    }
    return found;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException _) {
      throw new CommandFailure.Local(
          "%s is no text in UTF-8.".formatted(file), "Save it in that encoding.");
    }
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
