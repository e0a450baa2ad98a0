package dev.darkroom.cli;

/// The exit codes of all commands.
final class Exit {
  static final int OK = 0;

  /// The job failed, or the command did.
  static final int FAILED = 1;

  /// The job is through, but some of its images or captions failed.
  static final int PARTLY = 2;

  /// The command line makes no sense: EX_USAGE of sysexits.h, since picocli's own 2 is taken.
  static final int USAGE = 64;

  private Exit() {}
}
