package dev.darkroom.doctor;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Moderators;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.provider.Providers;
import dev.darkroom.vision.VisionModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.env.Environment;

/// Whether what writes captions and what moderates do so, by one small grey picture.
///
/// @param runtime the folder in which npm installs the local moderator's model
record ModelChecks(Environment environment, Path runtime, Path data) {

  private static final String CAPTIONER = "captioner";
  private static final String MODERATOR = "moderator";

  /// From which score on is of no matter here.
  private static final double THRESHOLD = 0.5;

  Finding captioner() throws IOException, InterruptedException {
    try (var providers = Providers.withoutGates()) {
      Optional<Captioner> model = VisionModels.find(environment, providers);
      if (model.isEmpty()) {
        return Finding.ok(
            CAPTIONER,
            "Captions say what can be measured; DARKROOM_CAPTIONER_REMOTE_BASE_URL connects a vision model.");
      }
      return switch (model.get().describe(new GreyPicture(), "")) {
        case Captioning.Written _ ->
            Finding.ok(CAPTIONER, "%s writes captions.".formatted(model.get().author()));
        case Captioning.Failed(var failure) -> Finding.failed(CAPTIONER, failure.message());
      };
    }
  }

  Finding moderator() throws Exception {
    try (var providers = Providers.withoutGates()) {
      Moderators moderators =
          Moderators.findRemote(environment, providers)
              .orElseGet(() -> Moderators.local(runtime, data, THRESHOLD));
      Optional<Moderator> moderator = moderators.find();
      return moderator.isPresent()
          ? ask(moderator.get())
          : Finding.warning(
              MODERATOR, moderators.absence() + " Uploads with content_moderation are refused.");
    }
  }

  private static Finding ask(Moderator moderator) throws Exception {
    try {
      return switch (moderator.judge(GreyPicture.jpeg())) {
        case Verdict.Passed _, Verdict.Rejected _ ->
            Finding.ok(MODERATOR, "%s moderates images.".formatted(moderator.name()));
        case Verdict.Undecided(var failure) -> Finding.failed(MODERATOR, failure.message());
      };
    } finally {
      if (moderator instanceof AutoCloseable closeable) closeable.close();
    }
  }
}
