package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptionTextTest {

  @Test
  void isItselfWherePlain() {
    assertThat(new CaptionText("A red ball.").summary()).isEqualTo("A red ball.");
  }

  @Test
  void givesDescriptionColoursAndLightOfAStructuredOne() {
    var caption =
        """
        {"short_description": "A ball.", "objects": [], "aesthetics": {"color_scheme": "red and white"},
         "lighting": {"conditions": "high-key", "direction": null}}\
        """;
    assertThat(new CaptionText(caption).summary())
        .isEqualTo("A ball. | colours: red and white | light: high-key");
  }

  @Test
  void leavesOutWhatAStructuredOneDoesNotHave() {
    assertThat(new CaptionText("{\"short_description\": \"A ball.\", \"lighting\": 3}").summary())
        .isEqualTo("A ball.");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(new CaptionText(null).summary()).isEqualTo("(no caption)");
  }
}
