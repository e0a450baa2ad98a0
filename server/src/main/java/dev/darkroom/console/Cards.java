package dev.darkroom.console;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.UploadHeadlines;
import dev.darkroom.dataset.Covers;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.project.Project;
import dev.darkroom.project.Projects;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Puts together what the lists of projects and datasets show, in a few queries for all of them.
@Component
class Cards {

  /// As many as are beside each other on a card.
  private static final int COVERS = 4;

  private final Projects projects;
  private final Datasets datasets;
  private final UploadHeadlines uploads;
  private final Covers covers;

  Cards(Projects projects, Datasets datasets, UploadHeadlines uploads, Covers covers) {
    this.projects = projects;
    this.datasets = datasets;
    this.uploads = uploads;
    this.covers = covers;
  }

  /// The caller's projects, newest first.
  List<ProjectCard> projects(Caller caller) {
    Map<Long, List<DatasetCard>> byProject =
        cards(datasets.list(caller)).stream()
            .collect(Collectors.groupingBy(card -> card.dataset().projectId()));
    return projects.list(caller).stream()
        .map(project -> card(project, byProject.getOrDefault(project.id(), List.of())))
        .toList();
  }

  /// The datasets of a project, newest first.
  List<DatasetCard> datasets(Caller caller, long projectId) {
    return cards(datasets.listOfProject(caller, projectId));
  }

  private static ProjectCard card(Project project, List<DatasetCard> datasets) {
    return new ProjectCard(
        project,
        datasets.size(),
        datasets.stream().mapToInt(card -> card.dataset().imagesCount()).sum(),
        Math.toIntExact(datasets.stream().filter(DatasetCard::isRunning).count()),
        datasets.stream().flatMap(card -> card.covers().stream()).limit(COVERS).toList());
  }

  private List<DatasetCard> cards(List<Dataset> shown) {
    var ids = shown.stream().map(Dataset::id).toList();
    var uploadsOf = uploads.of(ids);
    var coversOf = covers.of(ids, COVERS);
    return shown.stream()
        .map(dataset ->
            new DatasetCard(
                dataset,
                uploadsOf.get(dataset.id()),
                coversOf.getOrDefault(dataset.id(), List.of())))
        .toList();
  }
}
