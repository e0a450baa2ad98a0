package dev.darkroom.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.export.Naming.Style;
import dev.darkroom.image.ImageFormat;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamingTest {

  private static List<String> claim(Naming naming, String... imageNames) {
    return Stream.of(imageNames).map(name -> naming.claim(name, ImageFormat.PNG)).toList();
  }

  @Test
  void numbersImagesOfTheSameName() {
    assertThat(claim(new Naming(Style.PATHS, ""), "a.jpg", "a.jpg", "A.JPG", "b/a.jpg", "a_2.jpg"))
        .containsExactly("a.jpg", "a_2.jpg", "A_3.JPG", "b/a.jpg", "a_2_2.jpg");
  }

  @Test
  void tellsNotFormsOfAnAccentApart() {
    var decomposed = Normalizer.normalize("é.jpg", Normalizer.Form.NFD);
    assertThat(claim(new Naming(Style.PATHS, ""), "é.jpg", decomposed).getLast())
        .endsWith("_2.jpg");
  }

  @Test
  void putsACaptionBesideItsImage() {
    var naming = new Naming(Style.PATHS, "");
    claim(naming, "a.jpg", "x/b.jpg");
    assertThat(naming.captionOf("a.jpg", ".txt")).isEqualTo("a.txt");
    assertThat(naming.captionOf("x/b.jpg", ".json")).isEqualTo("x/b.json");
  }

  @Test
  void keepsTheEndingInTheCaptionsOfImagesThatDifferInNothingElse() {
    var naming = new Naming(Style.PATHS, "");
    assertThat(claim(naming, "a.jpg", "A.png")).containsExactly("a.jpg", "A.png");
    assertThat(naming.captionOf("a.jpg", ".txt")).isEqualTo("a.jpg.txt");
    assertThat(naming.captionOf("A.png", ".txt")).isEqualTo("A.png.txt");
  }

  /// Both would look for it at `a.jpg.txt`.
  @Test
  void givesNoCaptionToTwoImages() {
    assertThat(captions("a.jpg", "a.png", "a.jpg.png"))
        .containsExactly("a.jpg.txt", "a.png.txt", "a.jpg_2.txt");
    assertThat(captions("a.jpg.png", "a.png", "a.jpg"))
        .containsExactly("a.jpg.txt", "a.txt", "a_2.txt");
  }

  private static List<String> captions(String... imageNames) {
    var naming = new Naming(Style.PATHS, "");
    return claim(naming, imageNames).stream().map(path -> naming.captionOf(path, ".txt")).toList();
  }

  @Test
  void leavesNoFolderWhereTrainersSeeNone() {
    var naming = new Naming(Style.FLAT, "1_farm/");
    assertThat(claim(naming, "a/b.JPG", "a_b.jpg", "a_b.png", "c.jpg"))
        .containsExactly("1_farm/a_b.jpg", "1_farm/a_b_2.jpg", "1_farm/a_b_3.png", "1_farm/c.jpg");
    assertThat(naming.captionOf("1_farm/a_b_3.png", ".txt")).isEqualTo("1_farm/a_b_3.txt");
  }

  @Test
  void leavesNoDotInAKey() {
    assertThat(claim(new Naming(Style.KEYS, ""), "v1.2/a.b.jpg", "v1.2/a_b.webp"))
        .containsExactly("v1.2/a_b.png", "v1.2/a_b_2.png");
  }

  @Test
  void namesManyOfTheSameNameAtOnce() {
    var naming = new Naming(Style.PATHS, "");
    var names = Collections.nCopies(20_000, "a.jpg");
    var paths = new ArrayList<String>();
    names.forEach(name -> paths.add(naming.claim(name, ImageFormat.JPEG)));
    assertThat(paths).doesNotHaveDuplicates().endsWith("a_20000.jpg");
  }
}
