package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.cli.CaptionedDataset.Image;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionOwnersTest {

  /// @param images their ordinals and names, such as `0=a.jpg 1=a.png`
  private static CaptionedDataset dataset(String images) {
    List<Image> list = new ArrayList<>();
    for (String image : images.split(" ", -1)) {
      int ordinal = Integer.parseInt(image.substring(0, image.indexOf('=')));
      String name = image.substring(image.indexOf('=') + 1);
      list.add(new Image(ordinal + 100L, name, ordinal, "caption"));
    }
    return new CaptionedDataset(12, false, list);
  }

  private static String owners(String images, String files) {
    List<String> paths = List.of(files.split(" ", -1));
    var owners = new CaptionOwners(dataset(images), paths);
    List<String> ordinals = new ArrayList<>();
    for (String path : paths) {
      var image = owners.of(path);
      ordinals.add(image == null ? "-" : String.valueOf(image.ordinal()));
    }
    return String.join(" ", ordinals);
  }

  /// @param ordinals of the image that each file belongs to, `-` for none
  @ParameterizedTest
  @CsvSource({
    "0=a.jpg 1=b.jpg, a.txt b.txt c.txt, 0 1 -",
    "0=A.jpg, a.TXT, 0",
    // By their ordinals, however many are left.
    "0=a.jpg 1=a.png, a~0.txt a~1.txt, 0 1",
    "1=a.png, a~0.txt a~1.txt, - 1",
    "1=a.png, a~1.txt a~2.txt, 1 -",
    "0=b.jpg 1=a.png, a~0.txt a~1.txt, - 1",
    // A name without one, beside others with one, is left from another time.
    "1=a.png, a.txt a~0.txt a~1.txt, - - 1",
    "0=a.jpg 1=a.png, a.txt a_2.txt a~0.txt a~1.txt, - - 0 1",
    // A name that ends in an ordinal of its own.
    "5=a~1.jpg, a~1~5.txt, 5",
    "1=a.png 5=a~1.jpg, a~1.txt, -",
    "5=a~1.jpg, a~1.txt, -",
    "1=b.jpg 5=a~1.jpg, a~1.txt, 5"
  })
  void goesByTheOrdinal(String images, String files, String ordinals) {
    assertThat(owners(images, files)).isEqualTo(ordinals);
  }

  /// Downloads number images that share a name as they are listed: `a`, `a_2`, `a_3`.
  @ParameterizedTest
  @CsvSource({
    "0=a.jpg 1=a.png, a.txt a_2.txt, 0 1",
    "0=a.jpg 1=a.png 2=a.webp, a.txt a_2.txt a_3.txt, 0 1 2",
    "0=a.jpg 1=b.jpg 2=b_2.jpg 3=b_3.jpg, a.txt b.txt b_2.txt b_3.txt, 0 1 2 3",
    "0=a.jpg 1=a.png, a.txt, -",
    "0=a.jpg 1=a.png, a_2.txt, -",
    "1=a.png, a.txt a_2.txt, - -",
    "1=a.png 2=a.webp, a.txt a_2.txt a_3.txt, - - -",
    "0=a.jpg 1=a.png 2=a_2.jpg, a.txt a_2.txt a_2_2.txt, - - -",
    "1=a.png 2=a_2.jpg, a.txt a_2.txt a_2_2.txt, - - -",
    "2=a_2.jpg, a.txt a_2.txt a_2_2.txt, - - -"
  })
  void takesTheNumbersOfADownloadWhereTheyCanMeanOneThingOnly(
      String images, String files, String ordinals) {
    assertThat(owners(images, files)).isEqualTo(ordinals);
  }

  @ParameterizedTest
  @CsvSource({
    "0=a.jpg 1=b.jpg",
    "0=a.jpg 1=a.png 2=a_2.jpg 3=a~1.jpg 4=a~1.png 5=A.JPG",
    "0=a_2.jpg 1=a_2_2.jpg 2=a.jpg",
    "3=x/a.jpg 4=x/a.jpg 5=a.jpg 6=a~4.jpg"
  })
  void knowsEveryFileOfAnExport(String images) {
    var dataset = dataset(images);
    var claims = new CaptionNames(dataset).all();
    var paths = claims.stream().map(CaptionNames.Claim::path).toList();
    var owners = new CaptionOwners(dataset, paths);
    assertThat(claims)
        .hasSize(dataset.images().size())
        .allSatisfy(claim -> assertThat(owners.of(claim.path())).isEqualTo(claim.image()));
    assertThat(paths).doesNotHaveDuplicates();
  }

  @Test
  void knowsEveryFileOfAnExportAfterAnyDeletion() {
    var before = dataset("0=a.jpg 1=a.png 2=a_2.jpg 3=a~1.jpg 4=a~1.png 5=b.jpg 6=b_2.jpg");
    var claims = new CaptionNames(before).all();
    var paths = claims.stream().map(CaptionNames.Claim::path).toList();
    int all = before.images().size();
    for (int kept = 1; kept < 1 << all; kept++) {
      int mask = kept;
      var images =
          before.images().stream().filter(image -> (mask >> image.ordinal() & 1) == 1).toList();
      var owners = new CaptionOwners(new CaptionedDataset(12, false, images), paths);
      for (var claim : claims) {
        var owner = owners.of(claim.path());
        if (owner != null) assertThat(owner).isEqualTo(claim.image());
      }
    }
  }
}
