package dev.darkroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.FaultyStore;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UploadPagesTest {

  private static final byte[] GOOD = SampleImages.png(1024, 1024);
  private static final byte[] SMALL = SampleImages.png(900, 900);
  private static final byte[] CUT = SampleImages.truncated(SampleImages.jpeg(1024, 1024), 0.5);

  /// What would run where a page took a name for markup.
  private static final String HOSTILE = "<img src=x onerror=document.title='run'>.png";

  private static TestServer server;
  private static Browser browser;
  private static ZipServer zips;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    zips =
        ZipServer.serving(
            TestZip.with(
                file("a/good.png", GOOD),
                file("a/small.png", SMALL),
                file("b/" + HOSTILE, SMALL),
                file("b/cut.jpg", CUT),
                file("notes.txt", new byte[] {'n'})));
    server =
        TestServer.start(
            Map.of("darkroom.fetch.allow-addresses", "127.0.0.0/8"),
            FaultyStore.Configuration.class);
  }

  @AfterAll
  static void stop() {
    if (server != null) server.close();
    if (zips != null) zips.close();
    if (browser != null) browser.close();
  }

  @AfterEach
  void hadNoErrorsInItsPages() {
    server.bean(FaultyStore.class).recover();
    assertThat(browser.takeComplaints()).isEmpty();
  }

  private static Page visit(long datasetId) {
    Page page = Browser.signIn(browser.visit(server), server.token());
    page.navigate("/console/datasets/%d/upload".formatted(datasetId));
    return page;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  @Test
  void tellsWhatAZipWouldComeToAndThenUploadsIt() {
    Page page = visit(new UploadClient(server).dataset("fibo"));
    page.getByLabel("Or the URL of a ZIP").fill(zips.url());
    page.getByRole(AriaRole.BUTTON, named("Check the ZIP first")).click();
    assertThat(page.getByText("This ZIP: 1 good, 2 too small, 1 truncated. Start?")).isVisible();
    Browser.requireAccessible(page);

    page.locator("#start-anyway").click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Failed images"))).isVisible();
    assertThat(page.locator(".counters")).containsText("= Entries5");
    assertThat(page.locator("summary", new Page.LocatorOptions().setHasText("too small")))
        .containsText("2");
    assertThat(page.locator("#failures img")).hasCount(2);
    assertThat(page.getByText(HOSTILE)).isVisible();
    assertThat(page.title()).contains("Upload");
    assertThat(page.getByText("text, which a FIBO dataset does not take")).isVisible();
  }

  @Test
  void findsAFailedImageByItsNameAndHandsOutTheTable() throws Exception {
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    client.upload(dataset, zips.url());
    Page page = visit(dataset);

    page.getByLabel("Filter by name").fill("CUT");
    assertThat(page.locator("details.group")).hasCount(1);
    assertThat(page.getByText("b/cut.jpg")).isVisible();
    page.getByLabel("Filter by name").fill("no such name");
    assertThat(page.getByText("No failed image has that in its name.")).isVisible();

    Download table =
        page.waitForDownload(() -> page.getByRole(AriaRole.LINK, named("CSV")).click());
    assertThat(table.suggestedFilename()).isEqualTo("dataset-%d-failures.csv".formatted(dataset));
    assertThat(Files.readString(table.path())).contains("image.too-small", "a/small.png");
  }

  @Test
  void goesOnAtTheFirstOfTheFurtherImages() {
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    var entries =
        IntStream.range(0, 30)
            .mapToObj(n -> file("%02d.png".formatted(n), new byte[] {1}))
            .toArray(TestEntry[]::new);
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      client.upload(dataset, source.url());
    }
    Page page = visit(dataset);
    assertThat(page.locator(".failed li:not(.more)")).hasCount(24);
    page.getByRole(AriaRole.BUTTON, named("More").setExact(true)).press("Enter");
    assertThat(page.locator(".failed li:not(.more)")).hasCount(30);
    assertThat(page.locator(".failed li:focus")).containsText("24.png");
  }

  @Test
  void saysWhatIsWrongWithAUrlBesideIt() {
    Page page = visit(new UploadClient(server).dataset("fibo"));
    page.getByLabel("Or the URL of a ZIP").fill("http://127.0.0.1:1/none.zip");
    page.getByRole(AriaRole.BUTTON, named("Start the upload")).click();
    assertThat(page.locator("#upload-form .problem")).containsText("cannot be reached");
    assertThat(browser.takeComplaints()).allMatch(line -> line.contains("400"));
  }

  @Test
  void followsAnUploadToItsEnd() throws InterruptedException {
    long dataset = new UploadClient(server).dataset("fibo");
    var gate = holdStore();
    new UploadClient(server).submit(dataset, zips.url());
    Page page = visit(dataset);
    assertThat(page.getByText("Checking and storing images")).isVisible();
    Browser.requireAccessible(page);
    gate.countDown();
    assertThat(page.getByRole(AriaRole.HEADING, named("What became of the archive"))).isVisible();
  }

  @Test
  void followsAnUploadAlsoWhereNoStreamIsToBeHad() {
    long dataset = new UploadClient(server).dataset("fibo");
    var gate = holdStore();
    new UploadClient(server).submit(dataset, zips.url());
    Page page = browser.visit(server);
    page.route("**/bulk-upload/status", UploadPagesTest::refuseStream);
    Browser.signIn(page, server.token());
    var loads = new AtomicInteger();
    page.onLoad(_ -> loads.incrementAndGet());
    page.navigate("/console/datasets/%d/upload".formatted(dataset));
    page.waitForResponse(
        answer -> answer.url().endsWith("/status") && answer.status() == 200, () -> {});
    gate.countDown();
    assertThat(page.getByRole(AriaRole.HEADING, named("What became of the archive"))).isVisible();
    assertThat(loads).hasValue(2);
    assertThat(browser.takeComplaints()).allSatisfy(line -> assertThat(line).contains("429"));
  }

  private static void refuseStream(Route route) {
    if ("text/event-stream".equals(route.request().headers().get("accept"))) {
      route.fulfill(new Route.FulfillOptions().setStatus(429).setBody("{}"));
    } else {
      route.resume();
    }
  }

  @Test
  void cancelsAnUploadAndOffersAClone() {
    long dataset = new UploadClient(server).dataset("fibo");
    var gate = holdStore();
    new UploadClient(server).submit(dataset, zips.url());
    Page page = visit(dataset);
    page.getByRole(AriaRole.BUTTON, named("Cancel").setExact(true)).click();
    page.getByRole(AriaRole.BUTTON, named("Cancel the upload")).click();
    assertThat(page.getByRole(AriaRole.HEADING, named("The upload was cancelled"))).isVisible();
    gate.countDown();
    page.getByRole(AriaRole.BUTTON, named("Clone and try again")).click();
    page.locator("#clone-name").fill("Second try");
    page.locator("#clone button").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Upload images"))).isVisible();
  }

  /// No image is stored until the gate opens.
  private static CountDownLatch holdStore() {
    var gate = new CountDownLatch(1);
    server
        .bean(FaultyStore.class)
        .beforeEachPut(_ -> {
          try {
            gate.await();
          } catch (InterruptedException stopped) {
            throw new InterruptedIOException();
          }
        });
    return gate;
  }

  @Test
  void isAccessibleInBothSchemesAndFitsAPhone() {
    var client = new UploadClient(server);
    long empty = client.dataset("fibo");
    long over = client.dataset("fibo");
    client.upload(over, zips.url());
    for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      Page page = Browser.signIn(browser.visit(server, Browser.NARROW, scheme), server.token());
      for (long dataset : new long[] {empty, over}) {
        page.navigate("/console/datasets/%d/upload".formatted(dataset));
        Browser.requireAccessible(page);
        Browser.requireNoSideScroll(page);
      }
    }
  }
}
