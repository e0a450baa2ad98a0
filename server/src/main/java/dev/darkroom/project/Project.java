package dev.darkroom.project;

import dev.darkroom.api.Identified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A project, as it is stored and as it goes out.
///
/// @param trainingVersion null until the first dataset decides it; its family then holds for all
public record Project(
    long id,
    String projectName,
    String projectDescription,
    String ipName,
    String ipDescription,
    IpMedium ipMedium,
    IpType ipType,
    @Nullable TrainingVersion trainingVersion,
    String status,
    Instant createdAt)
    implements Identified {

  ProjectTexts texts() {
    return new ProjectTexts(projectName, projectDescription, ipName, ipDescription);
  }
}
