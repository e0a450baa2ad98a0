package dev.darkroom.captioning;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.Picture;
import dev.darkroom.captioning.CaptioningFailure.BrokenPromise;
import dev.darkroom.dataset.ImageCaption;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Has captions written, and lets no other text pass for one, whatever the captioner promises.
@Component
final class Captions {

  private final Captioner captioner;
  private final int maxBytes;

  Captions(Captioner captioner, ArchiveLimits limits) {
    this.captioner = captioner;
    this.maxBytes = limits.maxCaptionBytes();
  }

  /// A caption of the picture. What is written is a caption of this form.
  Captioning write(CaptionForm form, Picture picture) throws IOException, InterruptedException {
    return switch (form.ask(captioner, picture)) {
      case Captioning.Failed failed -> failed;
      case Captioning.Written written -> checked(form, written);
    };
  }

  private Captioning checked(CaptionForm form, Captioning.Written written) {
    Optional<String> flaw = form.flawOf(written.text(), maxBytes);
    return flaw.isPresent()
        ? new Captioning.Failed(new BrokenPromise(captioner.author(), flaw.get()))
        : written;
  }

  /// A text of [#write] as an image keeps it.
  ImageCaption kept(CaptionForm form, Captioning.Written written) {
    return ImageCaption.automatic(written.text(), captioner.author(), form.schemaHash());
  }
}
