package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A part of a list, as `page` and `num_results_per_page` ask for it. The header [#TOTAL] tells how
/// long the whole list is, and `Link` what its other parts are.
///
/// @param number the first is 1
public record Page(int number, int size) {

  public static final String TOTAL = "X-Total-Count";
  public static final int MAX_SIZE = 1000;

  private static final int DEFAULT_SIZE = 100;

  /// The page that the query asks for by `page` and `num_results_per_page`.
  public static Page of(@Nullable String number, @Nullable String size) {
    return new Page(
        number == null ? 1 : parse("page", number, Integer.MAX_VALUE),
        size == null ? DEFAULT_SIZE : parse("num_results_per_page", size, MAX_SIZE));
  }

  private static int parse(String parameter, String text, int max) {
    var number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    if (number < 1 || number > max) {
      throw new FailureException(
          new ApiFailure.ParameterInvalid(parameter, "an integer from 1 to %d".formatted(max)));
    }
    return (int) number;
  }

  public long offset() {
    return (number - 1L) * size;
  }

  /// The value of the header Link (RFC 8288): the other pages worth going to from this one.
  public String links(String url, int total) {
    var last = Math.max(1, Math.ceilDiv(total, size));
    var links = new StringJoiner(", ");
    links.add(link(url, 1, "first"));
    if (number > 1) {
      links.add(link(url, Math.min(number - 1, last), "prev"));
    }
    if (number < last) {
      links.add(link(url, number + 1, "next"));
    }
    return links.add(link(url, last, "last")).toString();
  }

  private String link(String url, int page, String relation) {
    return "<%s?page=%d&num_results_per_page=%d>; rel=\"%s\"".formatted(url, page, size, relation);
  }
}
