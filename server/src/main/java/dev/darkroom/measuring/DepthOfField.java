package dev.darkroom.measuring;

import org.jspecify.annotations.Nullable;

/// What can be said of a picture's depth of field. Blur alone does not tell a shallow one from fog,
/// motion or clouds, and a lens alone not how near its subject was; where both agree, it is said.
///
/// @param hyperfocal of the lens, in metres; see [Lens#hyperfocal()]
record DepthOfField(FocusMap focus, @Nullable Double hyperfocal) {

  /// A lens with a hyperfocal distance from here on blurs what is behind a near subject: 50 mm at
  /// f/8 on 35 mm film has 10.4 m, a telephone's camera 2 to 5 m.
  static final double BLURS = 8;

  /// `shallow`, `deep`, or what was measured of it.
  String words() {
    if (!focus.isDetermined()) return Words.NOT_DETERMINED;
    if (focus.isSoftThroughout()) return Words.NOT_DETERMINED;
    if (focus.isSharpThroughout()) return "deep: sharp wherever there is detail";
    if (hyperfocal == null) return "not determined: sharp and soft parts side by side";
    return hyperfocal >= BLURS
        ? "shallow: soft parts beside sharp ones, with a lens that blurs"
        : "not determined: soft parts beside sharp ones, with a lens that hardly blurs";
  }
}
