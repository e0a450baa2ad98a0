package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DepthOfFieldTest {

  private static final List<Integer> NONE = List.of(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final List<Integer> SOME = List.of(2, 2, 2, 2, 2, 2, 2, 2, 2);
  private static final FocusMap MIXED = new FocusMap(SOME, SOME);

  @Test
  void isShallowWhereBlurAndLensAgree() {
    assertThat(new DepthOfField(MIXED, 8.0).words())
        .isEqualTo("shallow, soft parts beside sharp ones");
    assertThat(new DepthOfField(MIXED, 7.999).words()).isEqualTo("soft parts beside sharp ones");
    assertThat(new DepthOfField(MIXED, null).words()).isEqualTo("soft parts beside sharp ones");
  }

  @Test
  void isDeepWhereAllIsSharp() {
    assertThat(new DepthOfField(new FocusMap(SOME, NONE), 100.0).words()).startsWith("deep");
  }

  @Test
  void isNotKnownWhereNothingIsSharpOrNothingHasDetail() {
    assertThat(new DepthOfField(new FocusMap(NONE, SOME), 100.0).words())
        .isEqualTo("not determined");
    assertThat(new DepthOfField(new FocusMap(NONE, NONE), 100.0).words())
        .isEqualTo("not determined");
  }
}
