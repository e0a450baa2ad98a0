package dev.darkroom.openapi;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// The page that shows the description: Swagger UI, with no more of its files than it needs. It
/// runs nothing that does not come from here, and talks to nobody else.
@RestController
class DocsController {

  /// Swagger UI draws its arrows as `data:` images, and the sizes of its parts are inline styles.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PAGE = "index.html";
  private static final String SWAGGER_UI = "classpath*:META-INF/resources/webjars/swagger-ui/*/";

  private final Map<String, Part> parts = new HashMap<>();

  DocsController() throws IOException {
    for (var name : new String[] {PAGE, "docs.js"}) {
      parts.put(name, Part.of(new ClassPathResource("docs/" + name)));
    }
    for (var name : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
      parts.put(name, Part.of(ofSwaggerUi(name)));
    }
  }

  @GetMapping("/docs")
  ResponseEntity<Resource> page() {
    return part(PAGE);
  }

  @GetMapping("/docs/{name}")
  ResponseEntity<Resource> part(@PathVariable("name") String name) {
    var part = parts.get(name);
    if (part == null) throw new FailureException(ApiFailure.Plain.UNKNOWN_PATH);
    return ResponseEntity.ok()
        .contentType(part.type())
        .cacheControl(CacheControl.noCache())
        .eTag(part.digest())
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .body(part.resource());
  }

  /// Its folder has the version as its name.
  private static Resource ofSwaggerUi(String name) throws IOException {
    return new PathMatchingResourcePatternResolver().getResources(SWAGGER_UI + name)[0];
  }

  private record Part(Resource resource, MediaType type, String digest) {

    static Part of(Resource resource) throws IOException {
      var type = MediaTypeFactory.getMediaType(resource).orElseThrow();
      try (var bytes = resource.getInputStream()) {
        return new Part(resource, type, DigestUtils.md5DigestAsHex(bytes));
      }
    }
  }
}
