package dev.darkroom.decoding;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where images are decoded.
///
/// @param children how many child processes decode, one image at a time each; none for one for each
///   core, and 0 for decoding in this process, one image at a time and with nothing between a
///   stranger's file and the server: for measuring what the children cost
@ConfigurationProperties("darkroom.decoder")
record DecoderSettings(@Nullable Integer children) {

  private static final int MOST = 256;

  DecoderSettings {
    if (children != null && (children < 0 || children > MOST)) {
      throw new IllegalArgumentException(
          "darkroom.decoder.children is %d; it must be 0 to %d".formatted(children, MOST));
    }
  }

  int orOneForEachCore() {
    return children == null ? Runtime.getRuntime().availableProcessors() : children;
  }
}
