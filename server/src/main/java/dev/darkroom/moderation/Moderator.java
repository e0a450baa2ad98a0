package dev.darkroom.moderation;

/// Judges pictures. Implementations are safe for use by many threads at once, and block.
///
/// A moderator that is out, or asked too often, is no fault of the picture's: a
/// [dev.darkroom.failure.FailureException] whose failure is to be retried `WHEN_BACK`. Never is a
/// picture passed because it could not be judged.
public interface Moderator {

  /// What judges, as people read it. At most 200 characters, without secrets.
  String name();

  /// Judges a picture.
  ///
  /// @param jpeg upright, in sRGB, at most 512 pixels on its long side
  Verdict judge(byte[] jpeg) throws InterruptedException;
}
