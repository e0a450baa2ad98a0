package dev.darkroom.project;

import dev.darkroom.api.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts of a project that can be changed.
record ProjectTexts(
    String projectName, String projectDescription, String ipName, String ipDescription) {

  Map<String, String> parameters() {
    return Map.of(
        "projectName", projectName,
        "projectDescription", projectDescription,
        "ipName", ipName,
        "ipDescription", ipDescription);
  }

  /// What a client sends of them; an absent or null one leaves what is there.
  record Given(
      @Nullable String projectName,
      @Nullable String projectDescription,
      @Nullable String ipName,
      @Nullable String ipDescription) {

    Given {
      Fields.notBlank("project_name", projectName);
    }

    ProjectTexts over(ProjectTexts present) {
      return new ProjectTexts(
          projectName == null ? present.projectName : projectName,
          projectDescription == null ? present.projectDescription : projectDescription,
          ipName == null ? present.ipName : ipName,
          ipDescription == null ? present.ipDescription : ipDescription);
    }
  }
}
