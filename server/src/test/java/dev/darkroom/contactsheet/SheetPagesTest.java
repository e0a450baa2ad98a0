package dev.darkroom.contactsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.TinyImages;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.captioning.TestCaptioner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

/// The ranges and lists that the sheet's script asks for, over HTTP.
class SheetPagesTest {

  private static final Pattern NAME = Pattern.compile("class=\"name\">([^<]*)<");

  private static TestServer server;
  private static TestSheets sheets;
  private static ApiClient browser;
  private static long dataset;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestSheets.PROPERTIES, TestCaptioner.Configuration.class);
    sheets = new TestSheets(server);
    browser = ApiClient.of(server).with("Accept", "text/html").with("HX-Request", "true");
    dataset = sheets.captioned(8);
    sheets.write(dataset, 1, "{\"short_description\": \"a Zebra, 100% striped\"}");
    sheets.write(dataset, 6, "{\"mine\": true}");
    change("SET caption = NULL, caption_source = NULL", 2);
    change("SET caption_schema_hash = 'another'", 3);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void givesTheCellsOfARangeAndHowManyThereAre() {
    Answer answer = cells("?offset=2&count=3");
    assertThat(names(answer)).containsExactly("shoot/002.jpg", "shoot/003.jpg", "shoot/004.jpg");
    assertThat(answer.header("X-Total-Count")).contains("8");
    assertThat(answer.text())
        .contains("data-index=\"2\"", "aria-posinset=\"3\"", "aria-setsize=\"8\"");
  }

  @Test
  void givesNoCellsBehindTheLast() {
    Answer answer = cells("?offset=8");
    assertThat(names(answer)).isEmpty();
    assertThat(answer.header("X-Total-Count")).contains("8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?offset=-1", "?count=0", "?count=201", "?offset=x", "?captions=lost"})
  void refusesARangeThatIsNone(String query) {
    assertThat(cells(query).status()).isEqualTo(400);
  }

  @Test
  void filtersByWhatBecameOfTheCaptions() {
    assertThat(names(cells("?captions=missing"))).containsExactly("shoot/002.jpg");
    assertThat(names(cells("?captions=outdated"))).containsExactly("shoot/003.jpg");
    assertThat(names(cells("?captions=manual"))).containsExactly("shoot/001.jpg", "shoot/006.jpg");
    assertThat(names(cells("?captions=all"))).hasSize(8);
  }

  @Test
  void searchesNamesAndCaptionsForWhatWasTypedAndNoPattern() {
    assertThat(names(cells("?search=zebra"))).containsExactly("shoot/001.jpg");
    assertThat(names(cells("?search=100%25"))).containsExactly("shoot/001.jpg");
    assertThat(names(cells("?search=SHOOT/00_"))).isEmpty();
    assertThat(names(cells("?search=006&captions=manual"))).containsExactly("shoot/006.jpg");
    assertThat(cells("?search=a%26b%3Dc").text()).doesNotContain("<li");
  }

  @Test
  void leadsFromOneImageOfTheListToTheNext() {
    Answer view = view(sheets.image(dataset, 1), "?captions=manual");
    assertThat(view.text())
        .contains(
            "data-index=\"0\"",
            "data-total=\"2\"",
            "data-next=\"" + sheets.image(dataset, 6) + "\"")
        .doesNotContain("data-previous");
    // One that is not in the list stands where it would be.
    assertThat(view(sheets.image(dataset, 4), "?captions=manual").text())
        .contains("data-index=\"1\"", "data-previous=\"" + sheets.image(dataset, 1) + "\"");
  }

  @Test
  void findsNoImageOfAnotherDataset() {
    long other = sheets.plain(1);
    assertThat(view(sheets.image(other, 0), "").status()).isEqualTo(404);
    assertThat(browser.get(TestSheets.page(dataset, "/images/" + sheets.image(other, 0))).status())
        .isEqualTo(404);
    assertThat(
            browser
                .get(TestSheets.page(dataset, "/schema?images=" + sheets.image(other, 0)))
                .text())
        .doesNotContain("source-image");
  }

  @Test
  void findsNothingOfAnotherOrganization() {
    var stranger =
        ApiClient.anonymous(server)
            .with("api_token", TestTokens.make(server, "strangers", Scope.ADMIN))
            .with("Accept", "text/html");
    for (String page :
        List.of(
            "/images",
            "/images/cells",
            "/images/progress",
            "/schema",
            "/duplicates",
            "/images/" + sheets.image(dataset, 0),
            "/images/" + sheets.image(dataset, 0) + "/view")) {
      assertThat(stranger.get(TestSheets.page(dataset, page)).status()).as(page).isEqualTo(404);
    }
  }

  @Test
  void hasAWaitingPageLoadAnewOnceTheImagesAreThere() {
    assertThat(waiting(dataset).header("HX-Refresh")).contains("true");
  }

  @Test
  void hasAWaitingPageLoadAnewOnceNoImagesWillCome() {
    long cancelled = sheets.client().dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(100)).stallAfter(5000)) {
      assertThat(sheets.client().submit(cancelled, source.url()).status()).isEqualTo(202);
      assertThat(waiting(cancelled).header("HX-Refresh")).isEmpty();
      sheets.client().api().post(UploadClient.path(cancelled, "/images/bulk-upload/cancel"), "");
      sheets.client().awaitEnd(cancelled);
    }
    assertThat(waiting(cancelled).header("HX-Refresh")).contains("true");
  }

  /// A page that read that captions are being written, and only then that no run goes on, would say
  /// so for ever: it asks again only while one goes on.
  @Test
  void showsOneMomentWhereARunEndsBetweenTwoReads() {
    long written = sheets.captioned(1);
    setRun(written, "in_progress", "running");
    var page =
        server
            .bean(TransactionTemplate.class)
            .execute(_ -> {
              server.jdbc().sql("LOCK TABLE caption_run IN ACCESS EXCLUSIVE MODE").update();
              var asked =
                  CompletableFuture.supplyAsync(
                      () -> browser.get(TestSheets.page(written, "/images/progress")),
                      Thread::startVirtualThread);
              await().atMost(Duration.ofSeconds(20)).until(SheetPagesTest::isRunWaitedFor);
              setRun(written, "completed", "completed");
              return asked;
            })
            .join();
    assertThat(page.text()).contains("Captioning", "data-running=\"true\"", "every 2s");
    assertThat(browser.get(TestSheets.page(written, "/images/progress")).text())
        .contains("Draft", "data-running=\"false\"")
        .doesNotContain("every 2s");
  }

  @Test
  void keepsTheSizeThatWasChosen() {
    assertThat(
            browser
                .with("Cookie", "darkroom-cells=large")
                .get(TestSheets.page(dataset, "/images"))
                .text())
        .contains("data-size=\"large\"");
    assertThat(
            browser
                .with("Cookie", "darkroom-cells=huge")
                .get(TestSheets.page(dataset, "/images"))
                .text())
        .contains("data-size=\"medium\"");
  }

  private static Answer cells(String query) {
    return browser.get(TestSheets.page(dataset, "/images/cells" + query));
  }

  private static Answer waiting(long empty) {
    return browser.get(TestSheets.page(empty, "/images/progress?empty=true"));
  }

  private static Answer view(long image, String query) {
    return browser.get(TestSheets.page(dataset, "/images/" + image + "/view" + query));
  }

  private static List<String> names(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return NAME.matcher(answer.text())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static boolean isRunWaitedFor() {
    return server
        .jdbc()
        .sql(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'caption_run'::regclass)")
        .query(Boolean.class)
        .single();
  }

  private static void setRun(long dataset, String captions, String run) {
    server
        .jdbc()
        .sql("UPDATE dataset SET captions_update_status = :status WHERE id = :id")
        .param("status", captions)
        .param("id", dataset)
        .update();
    server
        .jdbc()
        .sql("UPDATE caption_run SET state = :state WHERE dataset_id = :id")
        .param("state", run)
        .param("id", dataset)
        .update();
  }

  private static void change(String set, int index) {
    server
        .jdbc()
        .sql("UPDATE dataset_image " + set + " WHERE id = :id")
        .param("id", sheets.image(dataset, index))
        .update();
  }
}
