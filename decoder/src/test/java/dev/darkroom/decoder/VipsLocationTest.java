package dev.darkroom.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VipsLocationTest {

  @TempDir private Path folder;

  @Test
  void takesTheNamedLibraryAndNoOther() throws VipsUnavailableException {
    Path named = folder.resolve("mine.so");
    assertThat(new VipsLocation(named, folder).candidates()).containsExactly(named.toString());
  }

  @Test
  void triesTheNpmPackageOfThisPlatformBeforeTheSystem() throws Exception {
    for (String platform :
        new String[] {"linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"}) {
      npmPackage(platform);
    }
    var candidates = new VipsLocation(null, folder).candidates();
    assertThat(candidates).hasSizeGreaterThanOrEqualTo(2);
    assertThat(candidates.getFirst()).startsWith(folder.toString()).contains("libvips-cpp.");
    assertThat(candidates.getLast()).contains("42");
  }

  @Test
  void fallsBackToTheSystemWhereNothingIsInstalled() throws VipsUnavailableException {
    assertThat(new VipsLocation(null, folder).candidates()).allMatch(name -> name.contains("42"));
  }

  @Test
  void tellsTheChildWhatItKnowsItself() {
    var options = new VipsLocation(folder.resolve("a.so"), folder.resolve("runtime")).javaOptions();
    assertThat(options)
        .containsExactly(
            "-Ddarkroom.vips=" + folder.resolve("a.so"),
            "-Ddarkroom.runtime=" + folder.resolve("runtime"));
  }

  @Test
  void saysWhatItTriedWhenThereIsNoLibrary() {
    var location = new VipsLocation(folder.resolve("none.so"), null);
    assertThatThrownBy(() -> Vips.load(location))
        .isInstanceOf(VipsUnavailableException.class)
        .hasMessageContaining("none.so");
  }

  private void npmPackage(String platform) throws IOException {
    Path lib = folder.resolve("node_modules/@img/sharp-libvips-" + platform + "/lib");
    Files.createDirectories(lib);
    Files.createFile(lib.resolve("libvips-cpp.so.8.18.7"));
  }
}
