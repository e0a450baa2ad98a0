package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.IntakeFailure.NoModerator;
import dev.darkroom.bulkupload.IntakeFailure.NotAdvanced;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.UploadType;
import dev.darkroom.failure.FailureException;
import dev.darkroom.moderation.Moderator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// What is wrong with a request whatever its dataset has had before: said at once to one that
/// uploads, and to one that only asks what an upload would come to.
@Component
public final class RequestCheck {

  private final SourceCheck sourceCheck;
  private final ObjectProvider<Moderator> moderator;

  RequestCheck(SourceCheck sourceCheck, ObjectProvider<Moderator> moderator) {
    this.sourceCheck = sourceCheck;
    this.moderator = moderator;
  }

  /// Refuses a dataset that never takes a bulk upload.
  public void requireAdvanced(Dataset dataset) {
    if (dataset.uploadType() != UploadType.ADVANCED) {
      throw new FailureException(new NotAdvanced(dataset.id()));
    }
  }

  /// Refuses what this server cannot do, then a source that cannot be read, which it asks.
  public void requirePossible(BulkUploadRequest request) {
    if (request.contentModeration() && moderator.getIfAvailable() == null) {
      throw new FailureException(new NoModerator());
    }
    sourceCheck.check(request.source());
  }
}
