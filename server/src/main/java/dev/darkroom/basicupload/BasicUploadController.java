package dev.darkroom.basicupload;

import dev.darkroom.api.Caller;
import dev.darkroom.api.Form;
import dev.darkroom.api.LargeBody;
import dev.darkroom.dataset.ImageLinks;
import dev.darkroom.dataset.LinkedImage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
    path = "/tailored-gen/datasets/{dataset_id}/images",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BasicUploadController {

  private final BasicUploads uploads;
  private final ImageLinks links;

  BasicUploadController(BasicUploads uploads, ImageLinks links) {
    this.uploads = uploads;
    this.links = links;
  }

  @LargeBody
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  LinkedImage add(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestBody BasicUploadRequest.Given given,
      HttpServletRequest request)
      throws IOException, InterruptedException {
    return add(caller, datasetId, given.checked(), request);
  }

  @LargeBody
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  LinkedImage addForm(
      Caller caller, @PathVariable("dataset_id") long datasetId, HttpServletRequest request)
      throws IOException, InterruptedException {
    return add(caller, datasetId, BasicUploadRequest.of(Form.of(request)), request);
  }

  private LinkedImage add(
      Caller caller, long datasetId, BasicUploadRequest wanted, HttpServletRequest request)
      throws IOException, InterruptedException {
    return links.forRequest(request).apply(uploads.add(caller, datasetId, wanted));
  }
}
