package dev.darkroom.openapi;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The description of the whole API, as OpenAPI 3.1. Immutable.
///
/// @param content as it goes out, but for the servers, which depend on who asks
record OpenApiDocument(Map<String, Object> content) {

  private static final String FILES = "classpath*:openapi/*.yaml";

  /// Puts the files of all areas together.
  static OpenApiDocument read() {
    try {
      var areas = new Areas();
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
        areas.add(Objects.requireNonNull(file.getFilename()), parse(file));
      }
      return new OpenApiDocument(versioned(areas.whole()));
    } catch (IOException e) {
      throw new IllegalStateException("The description of the API cannot be read", e);
    }
  }

  /// The same with the base URLs under which the server can be reached.
  Map<String, Object> servedAt(String url) {
    var served = new LinkedHashMap<>(content);
    served.put(
        "servers",
        List.of(Map.of("url", url), Map.of("url", url + "/v1"), Map.of("url", url + "/v2")));
    return served;
  }

  private static Map<String, Object> parse(Resource file) throws IOException {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (var yaml = file.getInputStream()) {
      return new Yaml(new SafeConstructor(options)).load(yaml);
    }
  }

  @SuppressWarnings("unchecked") // The root file has a map here.
  private static Map<String, Object> versioned(Map<String, Object> whole) {
    var info = (Map<String, Object>) Objects.requireNonNull(whole.get("info"), "info");
    info.put("version", version());
    return whole;
  }

  /// Of the jar that runs, from its manifest.
  private static String version() {
    return Objects.requireNonNullElse(
        OpenApiDocument.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
