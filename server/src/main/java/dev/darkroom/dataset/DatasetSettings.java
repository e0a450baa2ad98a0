package dev.darkroom.dataset;

import dev.darkroom.api.WireName;
import dev.darkroom.project.TrainingVersion;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator sets for datasets.
///
/// @param defaultTrainingVersion the training_version of a dataset where neither it nor its project
///   names one
@ConfigurationProperties("darkroom")
record DatasetSettings(@DefaultValue("fibo") String defaultTrainingVersion) {

  DatasetSettings {
    WireName.get(TrainingVersion.class, defaultTrainingVersion);
  }

  TrainingVersion trainingVersion() {
    return WireName.get(TrainingVersion.class, defaultTrainingVersion);
  }
}
