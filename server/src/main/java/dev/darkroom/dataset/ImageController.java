package dev.darkroom.dataset;

import dev.darkroom.api.Caller;
import dev.darkroom.api.Page;
import dev.darkroom.failure.FailureException;
import dev.darkroom.rendering.Renderings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(
    path = "/tailored-gen/datasets/{dataset_id}/images",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ImageController {

  private final Datasets datasets;
  private final DatasetImages images;
  private final ImageLinks links;
  private final Renderings renderings;
  private final JsonMapper json;

  ImageController(
      Datasets datasets,
      DatasetImages images,
      ImageLinks links,
      Renderings renderings,
      JsonMapper json) {
    this.datasets = datasets;
    this.images = images;
    this.links = links;
    this.renderings = renderings;
    this.json = json;
  }

  @GetMapping(params = {"!page", "!num_results_per_page"})
  void listAll(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    datasets.requireReadable(caller, datasetId);
    var link = links.forRequest(request);
    var total = new AtomicInteger();
    try (var list =
        renderings.render(out -> {
          try (var array = json.writer().writeValuesAsArray(out)) {
            images.forEach(
                datasetId,
                image -> {
                  array.write(link.apply(image));
                  total.incrementAndGet();
                });
          }
        })) {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setHeader(Page.TOTAL, total.toString());
      list.send(response);
    }
  }

  @GetMapping
  List<LinkedImage> listPage(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      HttpServletRequest request,
      HttpServletResponse response) {
    var page = Page.of(request.getParameter("page"), request.getParameter("num_results_per_page"));
    datasets.get(caller, datasetId);
    var total = images.count(datasetId);
    response.setHeader(Page.TOTAL, Integer.toString(total));
    response.setHeader(HttpHeaders.LINK, page.links(links.here(request), total));
    return links.forRequest(request, images.page(datasetId, page.offset(), page.size()));
  }

  @GetMapping("/{image_id}")
  LinkedImage get(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("image_id") long imageId,
      HttpServletRequest request) {
    datasets.get(caller, datasetId);
    return links.forRequest(request).apply(images.get(datasetId, imageId));
  }

  @DeleteMapping("/{image_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Transactional
  void delete(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @PathVariable("image_id") long imageId) {
    datasets.find(caller, datasetId);
    var image = images.get(datasetId, imageId);
    if (datasets.lock(caller, datasetId).status() == DatasetStatus.COMPLETED) {
      throw new FailureException(DatasetFailure.Plain.COMPLETED);
    }
    images.delete(image.id());
  }
}
