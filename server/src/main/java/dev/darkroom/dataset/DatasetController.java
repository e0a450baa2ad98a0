package dev.darkroom.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/tailored-gen", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

  /// The most images that come with their dataset; the list of images has them all.
  static final int MAX_IMAGES = 200;

  private final Datasets datasets;
  private final DatasetImages images;
  private final ImageLinks links;
  private final Clones clones;

  DatasetController(Datasets datasets, DatasetImages images, ImageLinks links, Clones clones) {
    this.datasets = datasets;
    this.images = images;
    this.links = links;
    this.clones = clones;
  }

  @PostMapping("/datasets")
  @ResponseStatus(HttpStatus.CREATED)
  Dataset create(Caller caller, @RequestBody NewDataset.Given given) {
    return datasets.create(caller, given.checked());
  }

  @GetMapping("/datasets")
  List<Listed> list(
      Caller caller,
      @RequestParam(name = "include_models", defaultValue = "false") boolean models,
      @RequestParam(name = "include_models_ids", defaultValue = "false") boolean modelIds) {
    return listed(datasets.list(caller), models, modelIds);
  }

  @GetMapping("/projects/{project_id}/datasets")
  List<Listed> listOfProject(
      Caller caller,
      @PathVariable("project_id") long projectId,
      @RequestParam(name = "include_models", defaultValue = "false") boolean models,
      @RequestParam(name = "include_models_ids", defaultValue = "false") boolean modelIds) {
    return listed(datasets.listOfProject(caller, projectId), models, modelIds);
  }

  // Nothing is trained here, so a dataset has no models; clients that ask for them get none.
  private static List<Listed> listed(List<Dataset> datasets, boolean models, boolean modelIds) {
    return datasets.stream()
        .map(d -> new Listed(d, models ? List.of() : null, modelIds ? List.of() : null))
        .toList();
  }

  @GetMapping("/datasets/{dataset_id}")
  WithImages get(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestParam(name = "max_images", defaultValue = "" + MAX_IMAGES) int maxImages,
      HttpServletRequest request) {
    if (maxImages < 1 || maxImages > MAX_IMAGES) {
      throw new FailureException(
          new ApiFailure.ParameterInvalid("max_images", "an integer from 1 to " + MAX_IMAGES));
    }
    return withImages(datasets.get(caller, datasetId), maxImages, request);
  }

  @PostMapping("/datasets/{dataset_id}/clone")
  @ResponseStatus(HttpStatus.CREATED)
  WithImages makeClone(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestBody(required = false) @Nullable NewClone given,
      HttpServletRequest request) {
    var clone = clones.make(caller, datasetId, given == null ? NewClone.UNNAMED : given);
    return withImages(clone, MAX_IMAGES, request);
  }

  private WithImages withImages(Dataset dataset, int maxImages, HttpServletRequest request) {
    var first = images.page(dataset.id(), 0, maxImages);
    return new WithImages(dataset, links.forRequest(request, first));
  }

  @PutMapping("/datasets/{dataset_id}")
  Dataset update(
      Caller caller,
      @PathVariable("dataset_id") long datasetId,
      @RequestBody DatasetChange change) {
    return datasets.update(caller, datasetId, change);
  }

  @DeleteMapping("/datasets/{dataset_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("dataset_id") long datasetId) {
    datasets.delete(caller, datasetId);
  }

  record WithImages(@JsonUnwrapped Dataset dataset, List<LinkedImage> images) {}

  record Listed(
      @JsonUnwrapped Dataset dataset,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Object> models,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Object> modelIds) {}
}
