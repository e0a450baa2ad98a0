package dev.darkroom.uploadstatus;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;

/// What the status of an upload can be had as, the one that goes before the others first.
enum Representation {
  STATUS(MediaType.APPLICATION_JSON_VALUE),
  FAILURES("text/csv"),
  EVENTS(MediaType.TEXT_EVENT_STREAM_VALUE);

  private final String type;

  Representation(String type) {
    this.type = type;
  }

  /// What is asked for first; the status itself where nothing is said.
  ///
  /// @param accepted in the order in which they are preferred
  static Representation wanted(List<MediaType> accepted) {
    return accepted.stream()
        .flatMap(each -> Stream.of(values()).filter(has -> has.isAmong(each)))
        .findFirst()
        .orElse(STATUS);
  }

  private boolean isAmong(MediaType accepted) {
    return accepted.includes(MediaType.parseMediaType(type));
  }
}
