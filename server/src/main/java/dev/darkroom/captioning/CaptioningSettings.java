package dev.darkroom.captioning;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How caption runs are worked on.
///
/// @param batchWindow how many batches of a run are with the scheduler at a time. One is seldom
///   enough: while its last pictures are out, nothing else would be. Of four, three may wait for a
///   straggler each and the lanes of a node stay full.
@ConfigurationProperties("darkroom.captioning")
record CaptioningSettings(@DefaultValue("4") int batchWindow) {

  CaptioningSettings {
    if (batchWindow < 1) {
      throw new IllegalArgumentException(
          "darkroom.captioning.batch-window is " + batchWindow + "; it must be 1 or more");
    }
  }
}
