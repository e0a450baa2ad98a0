package dev.darkroom.captioning;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.captioning.CaptioningFailure.NoText;
import dev.darkroom.captioning.CaptioningFailure.Plain;
import dev.darkroom.captioning.CaptioningFailure.Refused;
import dev.darkroom.captioning.SentPictures.Sent;
import dev.darkroom.failure.FailureException;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Says what pictures share, and changes a prompt as somebody asks, while the client waits.
@Component
final class VisualSchemas {

  private final Captioner captioner;
  private final ObjectProvider<Moderator> moderator;
  private final SentPictures pictures;
  private final WaitedCalls calls;

  VisualSchemas(
      Captioner captioner,
      ObjectProvider<Moderator> moderator,
      SentPictures pictures,
      WaitedCalls calls) {
    this.captioner = captioner;
    this.moderator = moderator;
    this.pictures = pictures;
    this.calls = calls;
  }

  /// The text of a visual schema.
  String sharedBy(List<Sent> images, boolean moderate) {
    var judge = moderate ? requireModerator() : null;
    return calls.await(() -> {
      var loaded = pictures.load(images);
      if (judge != null) {
        for (int i = 0; i < loaded.size(); i++) judge(judge, images.get(i), loaded.get(i));
      }
      return checkedSchema(text(captioner.shared(loaded)));
    });
  }

  /// The text of a structured prompt, a JSON object.
  String refined(String prompt, String instruction, VisualSchema schema, List<Sent> images) {
    captioner.requireRefines();
    return calls.await(() ->
        checkedPrompt(text(captioner.refine(prompt, instruction, schema, pictures.load(images)))));
  }

  private Moderator requireModerator() {
    @Nullable Moderator found = moderator.getIfAvailable();
    if (found == null) throw new FailureException(Plain.NO_MODERATOR);
    return found;
  }

  private static void judge(Moderator moderator, Sent sent, SentPicture picture)
      throws InterruptedException {
    switch (moderator.judge(picture.thumbnail())) {
      case Verdict.Passed _ -> {}
      case Verdict.Rejected rejected ->
          throw new FailureException(new Refused(sent.field(), rejected.failure().message()));
      case Verdict.Undecided(var failure) -> throw new FailureException(failure);
    }
  }

  private static String text(Captioning answer) {
    return switch (answer) {
      case Captioning.Written(var text) -> text;
      case Captioning.Failed(var failure) ->
          throw new FailureException(new NoText(failure.message()));
    };
  }

  /// The captioner's word is not taken for it.
  private static String checkedSchema(String text) {
    try {
      VisualSchema.check(text);
      return text;
    } catch (FailureException none) {
      throw new FailureException(new NoText(none.failure().message()), none);
    }
  }

  private static String checkedPrompt(String text) {
    if (ManualCaption.isJsonObject(text)) return text;
    throw new FailureException(new NoText("It is no JSON object."));
  }
}
