package dev.darkroom.purge;

import dev.darkroom.account.Organizations;
import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.Cancellation;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import dev.darkroom.project.Projects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/// Works off the organizations that are to be purged, as a client of each would: uploads are
/// cancelled, datasets deleted, then projects, each in a transaction of its own and under its own
/// locks. So a node that dies in the middle leaves the rest to the next run, on any node; two runs
/// at the same time do no harm. The bytes are left to the clean-up.
@Component
final class OrganizationPurge {

  private static final Logger log = LoggerFactory.getLogger(OrganizationPurge.class);

  private final Organizations organizations;
  private final Projects projects;
  private final Datasets datasets;
  private final Cancellation cancellation;

  OrganizationPurge(
      Organizations organizations,
      Projects projects,
      Datasets datasets,
      Cancellation cancellation) {
    this.organizations = organizations;
    this.projects = projects;
    this.datasets = datasets;
    this.cancellation = cancellation;
  }

  void run() {
    for (long organizationId : organizations.purging()) purge(organizationId);
  }

  /// A request that was let in before the purge began may still add something. Then the
  /// organization stays, and so does the purge, until the next run.
  private void purge(long organizationId) {
    try {
      empty(organizationId);
      organizations.remove(organizationId);
      log.info("organization {} is purged", organizationId);
    } catch (FailureException | DataIntegrityViolationException stillUsed) {
      log.warn("organization {} is not empty yet; its purge goes on", organizationId, stillUsed);
    }
  }

  /// The newest first, so that of uploads that wait for their turn none is begun by the end of
  /// another.
  private void empty(long organizationId) {
    var server = Caller.ofServer(organizationId);
    for (var dataset : datasets.list(server)) {
      cancellation.endRunning(dataset.id());
      datasets.delete(server, dataset.id());
    }
    for (var project : projects.list(server)) projects.delete(server, project.id());
  }
}
