package dev.darkroom.measuring;

import org.jspecify.annotations.Nullable;

/// What can be said of a picture's depth of field. Blur alone does not tell a shallow one from fog,
/// motion or clouds, and a lens alone not how near its subject was; where both agree, it is called
/// shallow.
///
/// @param hyperfocal of the lens, in metres; see [Lens#hyperfocal()]
record DepthOfField(FocusMap focus, @Nullable Double hyperfocal) {

  /// A lens with a hyperfocal distance from here on blurs what is behind a near subject: 50 mm at
  /// f/8 on 35 mm film has 10.4 m, a telephone's camera 2 to 5 m.
  static final double BLURS = 8;

  /// `shallow`, `deep`, what was measured of it, or [Words#NOT_DETERMINED].
  String words() {
    if (!focus.isDetermined() || focus.isSoftThroughout()) return Words.NOT_DETERMINED;
    if (focus.isSharpThroughout()) return "deep, sharp wherever there is detail";
    boolean isShallow = hyperfocal != null && hyperfocal >= BLURS;
    return isShallow ? "shallow, soft parts beside sharp ones" : "soft parts beside sharp ones";
  }
}
