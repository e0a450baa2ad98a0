package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainCaptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          A red chair.                          | ~~         | A red chair.
          A red chair.                          | TOK        | TOK A red chair.
          A red chair.                          | TOK,       | TOK, A red chair.
          a red chair.                          | ~a photo: ~| a photo: a red chair.
          TOK A red chair.                      | TOK        | TOK A red chair.
          tok, a red chair.                     | TOK        | TOK, a red chair.
          TOK TOK A red chair.                  | TOK        | TOK A red chair.
          Token rings on a desk.                | TOK        | TOK Token rings on a desk.
          "A red chair."                        | TOK        | TOK A red chair.
          “A red chair.”                        | ~~         | A red chair.
          "TOK A red chair."                    | TOK        | TOK A red chair.
          A sign says "No" and "Yes"            | ~~         | A sign says "No" and "Yes"
          "No" stands on a sign, beside "Yes"   | ~~         | "No" stands on a sign, beside "Yes"
          Caption: A red chair.                 | ~~         | A red chair.
          Caption: "A red chair."               | ~~         | A red chair.
          ~## A chair\n\nIt is **red**.\t\u0000Very.~ | ~~   | A chair It is red. Very.
          ~- A chair\n- A table~                | ~~         | A chair A table
          A snake_case_name and 2 * 3           | ~~         | A snake_case_name and 2 * 3
          TOK                                   | TOK        | ~~
          """)
  void isOneParagraphWithThePrefixOnce(String reply, String prefix, String caption) {
    assertThat(PlainCaption.of(reply.translateEscapes(), prefix)).isEqualTo(caption);
  }
}
