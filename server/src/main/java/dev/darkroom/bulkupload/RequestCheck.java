package dev.darkroom.bulkupload;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.ArchiveSource.OnTheWeb;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.bulkupload.IntakeFailure.NoModerator;
import dev.darkroom.bulkupload.IntakeFailure.NotAdvanced;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.UploadType;
import dev.darkroom.failure.FailureException;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.stagedupload.StagedUploads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// What is wrong with a request whatever its dataset has had before: said at once to one that
/// uploads, and to one that only asks what an upload would come to.
@Component
public final class RequestCheck {

  private final SourceCheck sourceCheck;
  private final StagedUploads staged;
  private final ObjectProvider<Moderator> moderator;

  RequestCheck(SourceCheck sourceCheck, StagedUploads staged, ObjectProvider<Moderator> moderator) {
    this.sourceCheck = sourceCheck;
    this.staged = staged;
    this.moderator = moderator;
  }

  /// Refuses a staged upload that is not there, or another organization's, and tells how the source
  /// may be shown and kept in the clear.
  public String requireKnown(Caller caller, BulkUploadRequest request) {
    return switch (request.source()) {
      case OnTheWeb(var url) -> url.shown();
      case Staged(var uploadId) -> staged.get(caller, uploadId).shown();
    };
  }

  /// Refuses a dataset that never takes a bulk upload.
  public void requireAdvanced(Dataset dataset) {
    if (dataset.uploadType() != UploadType.ADVANCED) {
      throw new FailureException(new NotAdvanced(dataset.id()));
    }
  }

  /// Refuses what this server cannot do, then a source that cannot be read, which it asks.
  public void requirePossible(Caller caller, BulkUploadRequest request) {
    if (request.contentModeration() && moderator.getIfAvailable() == null) {
      throw new FailureException(new NoModerator());
    }
    switch (request.source()) {
      case OnTheWeb(var url) -> sourceCheck.check(url);
      case Staged(var uploadId) -> staged.requireUsable(caller, uploadId);
    }
  }
}
