package dev.darkroom.captioning;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.api.Fields;
import dev.darkroom.api.LargeBody;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.captioning.CaptioningFailure.Plain;
import dev.darkroom.captioning.CaptioningFailure.WrongCount;
import dev.darkroom.captioning.SentPictures.Sent;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetStatus;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import dev.darkroom.project.TrainingVersion.Family;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/tailored-gen", produces = MediaType.APPLICATION_JSON_VALUE)
class VisualSchemaController {

  private static final int MIN_IMAGES = 5;
  private static final int MAX_IMAGES = 10;

  private final VisualSchemas schemas;
  private final Datasets datasets;

  VisualSchemaController(VisualSchemas schemas, Datasets datasets) {
    this.schemas = schemas;
    this.datasets = datasets;
  }

  @LargeBody
  @PostMapping("/generate_visual_schema")
  Generated generate(Caller caller, @RequestBody ToGenerate given) {
    var images = sent("images", Fields.required("images", given.images()), MIN_IMAGES);
    caller.requireWrite();
    boolean moderate = Boolean.TRUE.equals(given.contentModeration());
    return new Generated(schemas.sharedBy(images, moderate));
  }

  @LargeBody
  @PostMapping("/refine_structured_prompt")
  Refined refine(Caller caller, @RequestBody ToRefine given) {
    long datasetId = Fields.required("dataset_id", given.datasetId());
    var prompt = Fields.required("structured_prompt", given.structuredPrompt());
    if (!ManualCaption.isJsonObject(prompt)) {
      throw new FailureException(
          new ApiFailure.FieldInvalid("structured_prompt", "a string that holds a JSON object"));
    }
    var instruction = Fields.required("instruction", given.instruction());
    var images = sent("context_images", given.contextImages(), 0);
    var dataset = datasets.get(caller, datasetId);
    caller.requireWrite();
    var schema = schemaOf(dataset);
    return new Refined(schemas.refined(prompt, instruction, schema, images));
  }

  private static List<Sent> sent(String field, @Nullable List<@Nullable String> given, int min) {
    List<@Nullable String> texts = Objects.requireNonNullElse(given, List.of());
    if (texts.size() < min || texts.size() > MAX_IMAGES) {
      throw new FailureException(new WrongCount(field, min, MAX_IMAGES, texts.size()));
    }
    return SentPictures.parse(field, texts);
  }

  private static VisualSchema schemaOf(Dataset dataset) {
    if (dataset.family() == Family.LEGACY) throw new FailureException(Plain.LEGACY_DATASET);
    if (dataset.status() == DatasetStatus.COMPLETED) {
      throw new FailureException(Plain.DATASET_COMPLETED);
    }
    return VisualSchema.of(Objects.requireNonNullElse(dataset.visualSchema(), "{}"));
  }

  record ToGenerate(@Nullable List<@Nullable String> images, @Nullable Boolean contentModeration) {}

  record Generated(String visualSchema) {}

  record ToRefine(
      @Nullable Long datasetId,
      @Nullable String structuredPrompt,
      @Nullable String instruction,
      @Nullable List<@Nullable String> contextImages) {}

  record Refined(String structuredPrompt) {}
}
