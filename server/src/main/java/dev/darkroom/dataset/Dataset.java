package dev.darkroom.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.darkroom.api.Identified;
import dev.darkroom.project.TrainingVersion;
import dev.darkroom.project.TrainingVersion.Family;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A dataset, as it is stored and as it goes out.
///
/// @param visualSchema a JSON object as text; FIBO only
/// @param captionPrefix what generated captions begin with; Legacy only
/// @param imagesCount the published images
public record Dataset(
    long id,
    @JsonIgnore long organizationId,
    long projectId,
    String name,
    TrainingVersion trainingVersion,
    @Nullable String visualSchema,
    @Nullable String captionPrefix,
    DatasetStatus status,
    CaptionsUpdateStatus captionsUpdateStatus,
    UploadType uploadType,
    int imagesCount,
    Instant createdAt,
    Instant updatedAt)
    implements Identified {

  /// The fewest images that a completed dataset of each family has.
  private static final int MIN_FIBO_IMAGES = 5;

  private static final int MIN_LEGACY_IMAGES = 1;

  public Family family() {
    return trainingVersion.family();
  }

  int minImages() {
    return switch (family()) {
      case FIBO -> MIN_FIBO_IMAGES;
      case LEGACY -> MIN_LEGACY_IMAGES;
    };
  }
}
