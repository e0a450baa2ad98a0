package dev.darkroom.captioning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.api.Caller;
import dev.darkroom.captioning.ImageCaptions.ImageId;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.ImageLinks;
import dev.darkroom.dataset.LinkedImage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
    path = "/tailored-gen/datasets/{dataset_id}/images",
    produces = MediaType.APPLICATION_JSON_VALUE)
class CaptionController {

  private final ImageCaptions captions;
  private final ImageLinks links;

  CaptionController(ImageCaptions captions, ImageLinks links) {
    this.captions = captions;
    this.links = links;
  }

  @PutMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Dataset regenerateAll(Caller caller, @PathVariable("dataset_id") long datasetId) {
    return captions.regenerateAll(caller, datasetId);
  }

  @PutMapping("/{image_id}")
  Captioned change(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("image_id") long imageId,
      @RequestBody CaptionChange.Given given,
      HttpServletRequest request) {
    var id = new ImageId(datasetId, imageId);
    var changed =
        switch (given.checked()) {
          case CaptionChange.Write(var caption) -> captions.write(caller, id, caption);
          case CaptionChange.Regenerate _ -> captions.regenerate(caller, id);
        };
    return new Captioned(links.forRequest(request).apply(changed.image()), changed.warnings());
  }

  record Captioned(@JsonUnwrapped LinkedImage image, List<String> captionWarnings) {}
}
