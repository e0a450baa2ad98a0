package dev.darkroom.caption;

import java.util.List;

/// What a text is, held to the schema of captions.
public sealed interface CheckedCaption {

  record Valid(FiboCaption caption) implements CheckedCaption {}

  /// The text is no valid caption.
  ///
  /// @param departures where and how it departs, a short sentence each, such as
  ///   `lighting.direction: integer found, string expected`; at least one
  record Departing(List<String> departures) implements CheckedCaption {
    public Departing {
      departures = List.copyOf(departures);
    }
  }
}
