package dev.darkroom.caption;

import java.io.IOException;
import java.util.List;

/// Writes captions. Implementations are safe for use by many threads at once, and block.
///
/// A captioner that is out, or asked too often, is no fault of the picture's: a
/// [dev.darkroom.failure.FailureException] whose failure is to be retried `WHEN_BACK`. A picture
/// for which it can give no caption is a value, [Captioning.Failed].
public interface Captioner {

  /// What writes the captions, as each caption keeps it and people read it: such as `measuring 1`,
  /// or the model's name and the host it runs on. At most 200 characters, without secrets.
  String author();

  /// How many pictures this node has it describe at a time.
  int concurrency();

  /// Asks nobody: to be called before the pictures for [#refine] are fetched.
  ///
  /// @throws dev.darkroom.failure.FailureException where [#refine] takes a vision model and this
  ///   captioner is none
  void requireRefines();

  /// A structured caption of the picture, under the schema. The text of [Captioning.Written] is a
  /// JSON object that the caption schema accepts, in which the schema's fixed values stand word for
  /// word.
  Captioning describe(Picture picture, VisualSchema schema)
      throws IOException, InterruptedException;

  /// A caption of the picture in one paragraph of plain text that begins with `prefix`, which may
  /// be empty.
  Captioning describe(Picture picture, String prefix) throws IOException, InterruptedException;

  /// What all of the pictures share, as the text of a visual schema: a JSON object.
  Captioning shared(List<? extends Picture> pictures) throws IOException, InterruptedException;

  /// A structured prompt, a JSON object, changed as the instruction says; the pictures show what it
  /// speaks of. What the schema fixes stays.
  ///
  /// @throws dev.darkroom.failure.FailureException where this takes a vision model and this
  ///   captioner is none
  Captioning refine(
      String structuredPrompt,
      String instruction,
      VisualSchema schema,
      List<? extends Picture> pictures)
      throws IOException, InterruptedException;
}
