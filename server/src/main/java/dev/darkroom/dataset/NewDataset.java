package dev.darkroom.dataset;

import dev.darkroom.api.Fields;
import dev.darkroom.project.TrainingVersion;
import org.jspecify.annotations.Nullable;

/// A dataset to be made.
///
/// @param trainingVersion null for the project's
record NewDataset(
    long projectId, String name, UploadType uploadType, @Nullable TrainingVersion trainingVersion) {

  /// What a client sends to make a dataset.
  record Given(
      @Nullable Long projectId,
      @Nullable String name,
      @Nullable UploadType uploadType,
      @Nullable TrainingVersion trainingVersion) {

    NewDataset checked() {
      return new NewDataset(
          Fields.required("project_id", projectId),
          Fields.required("name", name),
          uploadType == null ? UploadType.BASIC : uploadType,
          trainingVersion);
    }
  }
}
