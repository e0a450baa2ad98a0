package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntryNameTest {

  private static final byte[] X = {1};

  static Stream<Arguments> unlabelled() {
    return Stream.of(
        arguments("windows-31j", List.of("写真/桜の花.jpg", "写真/京都の寺.jpg", "写真/東京タワー.jpg")),
        arguments("GBK", List.of("照片/长城的日落.jpg", "照片/上海外滩夜景.jpg", "照片/我的家人.jpg")),
        arguments("Big5", List.of("照片/長城的日落.jpg", "照片/臺北的夜景.jpg", "照片/我們的家人.jpg")),
        arguments("EUC-KR", List.of("사진/서울의 야경.jpg", "사진/우리 가족.jpg", "사진/제주도 바다.jpg")),
        arguments("IBM866", List.of("Фотографии/Москва вечером.jpg", "Фотографии/наша семья.jpg")),
        arguments("IBM437", List.of("été/plage.jpg", "été/forêt.jpg")),
        arguments("IBM437", List.of("Müller.jpg")),
        arguments("UTF-8", List.of("写真.jpg", "été.jpg")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("unlabelled")
  void guessesTheCharsetOverAllNames(String charset, List<String> names) {
    assertThat(
            decoded(
                names.stream()
                    .map(name -> file(name, Charset.forName(charset), X))
                    .toArray(TestEntry[]::new)))
        .isEqualTo(names);
  }

  @Test
  void believesTheFlagFirst() {
    assertThat(decoded(file("é.jpg", X).unicodePath("other.jpg"))).containsExactly("é.jpg");
  }

  @Test
  void doesNotBelieveAFlagOverBytesThatAreNotUtf8() {
    TestEntry entry = file("é.jpg", Charset.forName("IBM437"), X).flag(1 << 11);
    assertThat(decoded(entry)).containsExactly("é.jpg");
  }

  @Test
  void takesInfoZipsUnicodePathUnlessTheEntryWasRenamedSince() {
    assertThat(decoded(file("?.jpg", X).unicodePath("写.jpg"))).containsExactly("写.jpg");
    assertThat(decoded(file("?.jpg", X).unicodePath("写.jpg", 1))).containsExactly("?.jpg");
  }

  @Test
  void survivesABrokenExtraField() {
    byte[] tooShort = {1, 2};
    assertThat(decoded(file("a.jpg", X).extra(0x7075, tooShort))).containsExactly("a.jpg");
  }

  @Test
  void namesThatAreCertainDoNotGarbleTheOthers() {
    Charset japanese = Charset.forName("windows-31j");
    List<String> names =
        decoded(
            file("写真/桜の花.jpg", japanese, X),
            file("写真/京都の寺.jpg", japanese, X),
            file("plain.jpg", X),
            file("写真/東京タワー.jpg", X));
    assertThat(names).containsExactly("写真/桜の花.jpg", "写真/京都の寺.jpg", "plain.jpg", "写真/東京タワー.jpg");
  }

  @Test
  void showsControlCharactersAsReplacements() {
    assertThat(decoded(file("a\u0000b\nc\u0085.jpg", X)))
        .containsExactly("a\uFFFDb\uFFFDc\uFFFD.jpg");
  }

  @Test
  void cutsAtALengthOf1024AndNeverThroughACharacter() {
    assertThat(decoded(file("x".repeat(5_000), X)).getFirst()).hasSize(1024);
    assertThat(decoded(file("x".repeat(1_023) + "😀", X)).getFirst()).isEqualTo("x".repeat(1_023));
  }

  @Test
  void keepsTheBytesAsStored() {
    byte[] raw = {(byte) 0x82, (byte) 0xA0, '.', 'j'};
    ArchiveEntry entry = entries(file("x", X).rawName(raw)).getFirst();
    assertThat(entry.hasRawName(ByteBuffer.wrap(raw))).isTrue();
  }

  private static List<String> decoded(TestEntry... entries) {
    return entries(entries).stream().map(ArchiveEntry::name).toList();
  }

  private static List<ArchiveEntry> entries(TestEntry... entries) {
    SparseSource source = TestZip.with(Arrays.asList(entries)).source();
    return CentralDirectory.read(source, ArchiveLimits.defaults()).entries();
  }
}
