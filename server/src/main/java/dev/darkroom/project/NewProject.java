package dev.darkroom.project;

import dev.darkroom.api.Fields;
import org.jspecify.annotations.Nullable;

/// A project that can be made: every required field is there and the rules of its type hold.
record NewProject(
    ProjectTexts texts, IpMedium medium, IpType type, @Nullable TrainingVersion trainingVersion) {

  /// What a client sends to make a project.
  record Given(
      @Nullable String projectName,
      @Nullable String projectDescription,
      @Nullable String ipName,
      @Nullable String ipDescription,
      @Nullable IpMedium ipMedium,
      @Nullable IpType ipType,
      @Nullable TrainingVersion trainingVersion) {

    NewProject checked() {
      var texts =
          new ProjectTexts(
              Fields.required("project_name", projectName),
              orEmpty(projectDescription),
              orEmpty(ipName),
              orEmpty(ipDescription));
      var medium = Fields.required("ip_medium", ipMedium);
      var type = Fields.required("ip_type", ipType);
      type.check(medium);
      type.check(texts);
      return new NewProject(texts, medium, type, trainingVersion);
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }
}
