package dev.darkroom.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryKindTest {

  @ParameterizedTest
  @CsvSource({
    "shoot/,                     FOLDER",
    "shoot\\,                    FOLDER",
    "__MACOSX/,                  FOLDER",
    "__MACOSX/a.jpg,             MACOS_METADATA",
    "shoot/__macosx/b/a.jpg,     MACOS_METADATA",
    "shoot/._a.jpg,              MACOS_METADATA",
    "shoot\\._a.jpg,             MACOS_METADATA",
    "._a.jpg,                    MACOS_METADATA",
    ".DS_Store,                  HIDDEN_FILE",
    "shoot/.hidden.jpg,          HIDDEN_FILE",
    ".git/objects/a.jpg,         HIDDEN_FILE",
    "Thumbs.db,                  SYSTEM_FILE",
    "shoot/THUMBS.DB,            SYSTEM_FILE",
    "shoot/Desktop.INI,          SYSTEM_FILE",
    "a.txt,                      TEXT",
    "a.TXT,                      TEXT",
    "a.caption,                  TEXT",
    "a.json,                     TEXT",
    "a.jsonl,                    TEXT",
    "a.csv,                      TEXT",
    "README.md,                  TEXT",
    "a.xml,                      TEXT",
    "a.yaml,                     TEXT",
    "a.yml,                      TEXT",
    "a.zip,                      ARCHIVE",
    "a.RAR,                      ARCHIVE",
    "a.7z,                       ARCHIVE",
    "a.tar,                      ARCHIVE",
    "a.tar.gz,                   ARCHIVE",
    "a.jpg,                      IMAGE",
    "a.JPG,                      IMAGE",
    "a,                          IMAGE",
    "a.pdf,                      IMAGE",
    "txt,                        IMAGE",
    "thumbs.db.jpg,              IMAGE",
    "__MACOSX,                   IMAGE",
    "./a.jpg,                    IMAGE",
    "../../a.jpg,                IMAGE",
    "'',                         IMAGE",
  })
  void tellsByTheName(String name, EntryKind expected) {
    assertThat(EntryKind.of(name, 0)).isEqualTo(expected);
  }

  @Test
  void tellsByTheUnixMode() {
    assertThat(EntryKind.of("a.jpg", 0120777)).isEqualTo(EntryKind.SYMBOLIC_LINK);
    assertThat(EntryKind.of("a.jpg", 040755)).isEqualTo(EntryKind.FOLDER);
    assertThat(EntryKind.of("a.jpg", 010644)).isEqualTo(EntryKind.SPECIAL_FILE);
    assertThat(EntryKind.of("a.jpg", 0100644)).isEqualTo(EntryKind.IMAGE);
    assertThat(EntryKind.of("a.jpg", 0644)).isEqualTo(EntryKind.IMAGE);
  }
}
