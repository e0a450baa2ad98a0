package dev.darkroom.uploadstatus;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The preference `wait` (RFC 7240, section 4.3): how long a client would wait for an answer.
record PreferredWait(Duration duration) {

  static final String APPLIED = "Preference-Applied";

  private static final int MOST_SECONDS = 30;

  /// In quotes it means the same, and whatever is none is no preference (section 2).
  private static final Pattern WAIT =
      Pattern.compile("(?i)(?:^|,)\\s*wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(?=[;,]|$)");

  /// None where there is no such preference. The first counts, and 30 seconds are the most.
  static Optional<PreferredWait> of(HttpServletRequest request) {
    return WAIT.matcher(String.join(",", Collections.list(request.getHeaders("Prefer"))))
        .results()
        .map(PreferredWait::of)
        .findFirst();
  }

  private static PreferredWait of(MatchResult wait) {
    String digits = wait.group(2);
    int seconds = digits.length() > 9 ? MOST_SECONDS : Integer.parseInt(digits);
    return new PreferredWait(Duration.ofSeconds(Math.min(MOST_SECONDS, seconds)));
  }

  /// As it is told to whom it was granted.
  String applied() {
    return "wait=" + duration.toSeconds();
  }
}
