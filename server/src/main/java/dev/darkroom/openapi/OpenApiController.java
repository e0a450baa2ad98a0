package dev.darkroom.openapi;

import dev.darkroom.api.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Gives the description of the API to whoever asks; it holds nothing that is not in the manual.
@RestController
class OpenApiController {

  private final OpenApiDocument document = OpenApiDocument.read();
  private final PublicUrl publicUrl;
  private final JsonMapper json;

  OpenApiController(PublicUrl publicUrl, JsonMapper json) {
    this.publicUrl = publicUrl;
    this.json = json;
  }

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> get(HttpServletRequest request) {
    byte[] bytes = json.writeValueAsBytes(document.servedAt(publicUrl.of(request)));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .eTag(DigestUtils.md5DigestAsHex(bytes))
        .body(bytes);
  }
}
