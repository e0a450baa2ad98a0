package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {

  private static String path(String imageName) {
    var path = SafePath.of(imageName, ImageFormat.WEBP);
    return path.inFolders(path.stem() + path.extension());
  }

  @ParameterizedTest
  @CsvSource({
    "a.jpg, a.jpg",
    "shoot/day 1/A.JPEG, shoot/day 1/A.JPEG",
    "Ünïcode/日本.png, Ünïcode/日本.png",
    "👩‍👧.png, 👩‍👧.png",
    "no-ending, no-ending.webp",
    "photo.tiff, photo.tiff.webp",
    ".jpg, _jpg.webp",
    "../../etc/passwd, __/__/etc/passwd.webp",
    "/etc/a.jpg, etc/a.jpg",
    "C:\\Users\\a.jpg, C_/Users/a.jpg",
    "\\\\host\\share\\a.jpg, host/share/a.jpg",
    "a/./b/../c.jpg, a/_/b/__/c.jpg",
    ".git/.a.jpg, _git/_a.jpg",
    "a//b.jpg, a/b.jpg",
    "'trail. /x.jpg', trail__/x.jpg",
    "nul.jpg, _nul.jpg",
    "COM1/a.jpg, _COM1/a.jpg",
    "a.jpg/b.png, a.jpg_/b.png",
    "metadata.jsonl/b.png, metadata.jsonl_/b.png",
    "'what?.jpg', what_.jpg",
    "///, image.webp"
  })
  void canBeUnpackedAnywhere(String imageName, String expected) {
    assertThat(path(imageName)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b.jpg", "a\nb.jpg", "a\u202Eb.jpg", "a\uD800b.jpg", "a\u2028b.jpg"})
  void hasNoCharacterThatMisleads(String imageName) {
    assertThat(path(imageName)).isEqualTo("a_b.jpg");
  }

  @Test
  void isNoLongerThanFileSystemsTake() {
    var path = path("字".repeat(900) + "/" + "x".repeat(1000) + ".jpg");
    assertThat(List.of(path.split("/", -1)))
        .hasSize(2)
        .allSatisfy(segment -> assertThat(segment.getBytes(UTF_8)).hasSizeBetween(190, 210));
    assertThat(path).endsWith("x.jpg");
  }
}
