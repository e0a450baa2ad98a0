package dev.darkroom.console;

import dev.darkroom.project.Project;
import java.util.List;

/// A project as the list of projects shows it.
///
/// @param covers links to thumbnails of its newest datasets
record ProjectCard(Project project, int datasets, int images, int running, List<String> covers) {

  ProjectCard {
    covers = List.copyOf(covers);
  }
}
