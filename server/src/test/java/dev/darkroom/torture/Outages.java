package dev.darkroom.torture;

import dev.darkroom.torture.Moment.Stage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What is out, and for how many requests more. Safe for use by many threads at once.
final class Outages {

  private final Map<String, Integer> left = new ConcurrentHashMap<>();

  /// @param subject of the moments that fail
  void begin(String subject, int requests) {
    left.put(subject, requests);
  }

  /// Counts a request, where the moment is one, and tells whether it fails.
  boolean meets(Moment moment) {
    if (moment.stage() != Stage.PUTS && moment.stage() != Stage.ASKS) return false;
    Integer now = left.computeIfPresent(moment.subject(), (_, requests) -> requests - 1);
    return now != null && now >= 0;
  }
}
