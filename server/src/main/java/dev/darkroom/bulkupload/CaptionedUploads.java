package dev.darkroom.bulkupload;

import dev.darkroom.captioning.CaptionRunListener;
import org.springframework.stereotype.Component;

/// Completes an upload when the last of its captions is settled.
@Component
final class CaptionedUploads implements CaptionRunListener {

  private final UploadEnd end;

  CaptionedUploads(UploadEnd end) {
    this.end = end;
  }

  @Override
  public void ended(long jobId) {
    end.complete(jobId);
  }
}
