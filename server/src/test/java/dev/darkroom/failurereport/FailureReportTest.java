package dev.darkroom.failurereport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.uploadstatus.TestUpload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReportTest {

  private static final String COLUMNS =
      "\uFEFF\"filename\",\"error_code\",\"type\",\"error_message\",\"what_to_do\"\r\n";

  private static TestServer server;
  private static UploadClient uploads;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64"));
    uploads = new UploadClient(ApiClient.of(server));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void listsWhatFailedWithWhatToDoAboutIt() throws IOException {
    long dataset =
        upload(
            TestEntry.file("good.jpg", SampleImages.jpeg(64, 64)),
            TestEntry.file("small, \"but\" mine.jpg", SampleImages.jpeg(10, 10)),
            TestEntry.file("空.jpg", ""));
    Answer answer = report(dataset);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Disposition"))
        .hasValue("attachment; filename=\"dataset-%d-failures.csv\"".formatted(dataset));
    var status = uploads.status(dataset).get("failed_images");
    List<CSVRecord> rows = rows(answer);
    assertThat(rows).hasSize(2);
    for (int n = 0; n < 2; n++) {
      for (String field : List.of("filename", "error_code", "type", "error_message")) {
        assertThat(rows.get(n).get(field)).isEqualTo(status.get(n).get(field).asString());
      }
    }
    assertThat(rows.get(0).get("what_to_do")).isEqualTo("use a larger original");
  }

  @Test
  void hasTheNamesOfItsColumnsEvenWithoutAnyRow() {
    assertThat(text(report(upload(TestEntry.file("good.jpg", SampleImages.jpeg(64, 64))))))
        .isEqualTo(COLUMNS);
  }

  @Test
  void endsLinesAsTheStandardSays() {
    String text = text(report(upload(TestEntry.file("b.jpg", "x"))));
    assertThat(text).startsWith(COLUMNS).endsWith("\r\n");
    assertThat(text.split("\r\n")).hasSize(2);
    assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|'/c calc'!A0.jpg",
        "+1.jpg",
        "-1.jpg",
        "@SUM(A1).jpg",
        "＝HYPERLINK(1).jpg",
        "=\"a\",=b.jpg"
      })
  void makesNoFormulaOfAName(String name) throws IOException {
    Answer answer = report(upload(TestEntry.file(name, "x")));
    assertThat(rows(answer)).extracting(row -> row.get("filename")).containsExactly("'" + name);
  }

  @ParameterizedTest
  @CsvSource({"a=b.jpg", "1-1.jpg", "shoot/@.jpg"})
  void leavesOtherNamesAsTheyAre(String name) throws IOException {
    assertThat(rows(report(upload(TestEntry.file(name, "x")))))
        .extracting(row -> row.get("filename"))
        .containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a"})
  void defusesWhatMayBeginAFormula(String text) {
    assertThat(Cell.text(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", " =1", "'=1", "1+1"})
  void leavesOtherTextsAsTheyAre(String text) {
    assertThat(Cell.text(text)).isEqualTo(text);
  }

  @Test
  void isThereWhileTheUploadGoesOn() throws IOException {
    var upload = TestUpload.of(server, uploads.api(), 10);
    upload.fail(4);
    assertThat(rows(report(upload.dataset()))).hasSize(4);
  }

  private static long upload(TestEntry... entries) {
    long dataset = uploads.dataset("fibo");
    try (var source = ZipServer.serving(TestZip.with(Stream.of(entries).toList()))) {
      uploads.upload(dataset, source.url());
    }
    return dataset;
  }

  private static Answer report(long dataset) {
    return uploads
        .api()
        .with("Accept", "text/csv")
        .get(UploadClient.path(dataset, "/images/bulk-upload/status"));
  }

  private static String text(Answer answer) {
    return new String(answer.bytes(), UTF_8);
  }

  private static List<CSVRecord> rows(Answer answer) throws IOException {
    String text = text(answer);
    assertThat(text).startsWith("\uFEFF");
    try (var parser =
        CSVParser.parse(
            text.substring(1),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      return parser.getRecords();
    }
  }
}
