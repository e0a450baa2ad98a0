package dev.darkroom.console;

import dev.darkroom.api.Caller;
import dev.darkroom.project.IpMedium;
import dev.darkroom.project.IpType;
import dev.darkroom.project.Projects;
import dev.darkroom.project.TrainingVersion;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// What there is: projects, and the datasets of one.
@ConsolePage
class ProjectPages {

  private final Projects projects;
  private final Cards cards;

  ProjectPages(Projects projects, Cards cards) {
    this.projects = projects;
    this.cards = cards;
  }

  @GetMapping("/console")
  @SnapshotRead
  String list(Caller caller, Model model) {
    model.addAttribute("projects", cards.projects(caller));
    model.addAttribute("media", IpMedium.values());
    model.addAttribute("types", IpType.values());
    return "projects";
  }

  @GetMapping("/console/projects/{project_id}")
  @SnapshotRead
  String show(Caller caller, @PathVariable("project_id") long projectId, Model model) {
    var datasets = cards.datasets(caller, projectId);
    model.addAttribute("project", projects.get(caller, projectId));
    model.addAttribute("datasets", datasets);
    model.addAttribute("running", datasets.stream().anyMatch(DatasetCard::isRunning));
    model.addAttribute("versions", TrainingVersion.values());
    return "project";
  }
}
