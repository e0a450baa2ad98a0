package dev.darkroom.project;

import dev.darkroom.api.Caller;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/tailored-gen/projects", produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectController {

  private final Projects projects;

  ProjectController(Projects projects) {
    this.projects = projects;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Project create(Caller caller, @RequestBody NewProject.Given given) {
    return projects.create(caller, given.checked());
  }

  @GetMapping
  List<Project> list(Caller caller) {
    return projects.list(caller);
  }

  @GetMapping("/{project_id}")
  Project get(Caller caller, @PathVariable("project_id") long projectId) {
    return projects.get(caller, projectId);
  }

  @PutMapping("/{project_id}")
  Project update(
      Caller caller,
      @PathVariable("project_id") long projectId,
      @RequestBody ProjectTexts.Given given) {
    return projects.update(caller, projectId, given);
  }

  @DeleteMapping("/{project_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("project_id") long projectId) {
    projects.delete(caller, projectId);
  }
}
