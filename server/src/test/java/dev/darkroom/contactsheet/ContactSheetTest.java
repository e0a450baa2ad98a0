package dev.darkroom.contactsheet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.console.Browser;
import dev.darkroom.samples.SampleImages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people do with the images of a dataset, in a real browser.
class ContactSheetTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>'\"{{7*7}}.jpg";

  /// Lets as many frames pass as it is given.
  private static final String FRAMES =
      """
      frames => new Promise(done => {
        const frame = left => left === 0 ? done() : requestAnimationFrame(() => frame(left - 1));
        frame(frames);
      })
      """;

  private static TestServer server;
  private static Browser browser;
  private static TestSheets sheets;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    server = TestServer.start(TestSheets.PROPERTIES, TestCaptioner.Configuration.class);
    sheets = new TestSheets(server);
    captioner = server.bean(TestCaptioner.class);
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  @AfterEach
  void reset() {
    captioner.becomeUsual();
  }

  @Test
  void holdsTheRowsNearTheWindowOnly() {
    long dataset = sheets.plain(20);
    SheetBenchmark.multiply(server, dataset, 20);
    Page page = sheet(dataset, "");
    assertThat(cell(page, 0)).containsText("shoot/000.jpg");
    page.keyboard().press("Tab");
    cell(page, 0).locator("a").focus();
    page.keyboard().press("End");
    assertThat(focused(page)).containsText("copy 19/shoot/019.jpg");
    assertThat(cell(page, 399)).hasAttribute("aria-posinset", "400");
    assertThat(cell(page, 399)).hasAttribute("aria-setsize", "400");
    assertThat(page.locator(".cell").count()).isLessThan(150);
    assertThat(cell(page, 0)).hasCount(0);
  }

  @Test
  void isWalkedThroughByKeyboardAlone() {
    long dataset = sheets.captioned(12);
    Page page = sheet(dataset, "");
    cell(page, 0).locator("a").focus();
    page.keyboard().press("ArrowRight");
    assertThat(focused(page)).containsText("shoot/001.jpg");
    page.keyboard().press("End");
    assertThat(focused(page)).containsText("shoot/011.jpg");
    page.keyboard().press("Home");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Space");
    assertThat(cell(page, 1).locator(".pick")).isChecked();
    assertThat(page.locator("#choice-count")).hasText("1 chosen");
    page.keyboard().press("Enter");
    assertThat(lightbox(page)).containsText("shoot/001.jpg");
    page.keyboard().press("ArrowRight");
    assertThat(lightbox(page)).containsText("3 of 12");
    assertThat(page).hasURL(Pattern.compile("/images/" + sheets.image(dataset, 2) + "$"));
    page.keyboard().press("Escape");
    assertThat(lightbox(page)).isHidden();
    assertThat(page).hasURL(Pattern.compile("/images$"));
    assertThat(focused(page)).containsText("shoot/002.jpg");
  }

  @Test
  void opensAnImageAtAnAddressOfItsOwnWhichBackLeaves() {
    long dataset = sheets.plain(4);
    Page page = sheet(dataset, "");
    cell(page, 2).locator("a").click();
    assertThat(lightbox(page)).containsText("shoot/002.jpg");
    page.goBack();
    assertThat(lightbox(page)).isHidden();
    page.goForward();
    assertThat(lightbox(page)).isVisible();
    page.reload();
    assertThat(lightbox(page)).containsText("3 of 4");
    assertThat(lightbox(page).locator(".full")).hasJSProperty("naturalWidth", 66);
  }

  @Test
  void savesACaptionAndTellsWhereItDepartsFromTheSchema() {
    long dataset = sheets.captioned(5);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 0));
    caption(page).fill("{\"short_description\": \"a cat\"}");
    caption(page).press("Control+Enter");
    assertThat(page.locator(".source")).containsText("Written by hand");
    assertThat(page.locator(".departures")).containsText("the visual_schema fixes it to");
    assertThat(sheets.caption(dataset, 0)).isEqualTo("{\"short_description\":\"a cat\"}");
    page.keyboard().press("Escape");
    assertThat(cell(page, 0)).containsText("By hand");
  }

  @Test
  void refusesJsonThatIsNoneWhereItIsTyped() {
    long dataset = sheets.captioned(5);
    String before = sheets.caption(dataset, 0);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 0));
    caption(page).fill("{\n  \"short_description\": \"a cat\"\n  \"objects\": []\n}");
    assertThat(page.locator(".fault"))
        .hasText("Line 3, column 3: a comma or } is missing before this.");
    assertThat(caption(page)).hasAttribute("aria-invalid", "true");
    caption(page).press("Control+Enter");
    assertThat(sheets.caption(dataset, 0)).isEqualTo(before);
    button(page, "Next").click();
    assertThat(lightbox(page)).containsText("2 of 5");
    button(page, "Previous").click();
    assertThat(page.locator(".fault")).containsText("Line 3");
    button(page, "Take back").click();
    assertThat(page.locator(".fault")).isEmpty();
    assertThat(caption(page)).hasValue(Pattern.compile("A red bicycle"));
  }

  @Test
  void hasOneCaptionWrittenAnew() {
    long dataset = sheets.captioned(5);
    sheets.write(dataset, 1, "{\"mine\": true}");
    Page page = sheet(dataset, "/" + sheets.image(dataset, 1));
    assertThat(page.locator(".source")).containsText("Written by hand");
    button(page, "Write it anew").click();
    assertThat(page.locator(".source")).containsText("Written by " + TestCaptioner.AUTHOR);
    assertThat(caption(page)).hasValue(Pattern.compile("A red bicycle"));
  }

  @Test
  void saysWhyACaptionCannotBeWritten() {
    long dataset = sheets.captioned(5);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 1));
    captioner.become((_, _) -> {
      throw TestCaptioner.OUT.exception();
    });
    button(page, "Write it anew").click();
    assertThat(lightbox(page).locator("form.edit .problem")).not().isEmpty();
    assertThat(button(page, "Write it anew")).isEnabled();
    assertThat(browser.takeComplaints()).allSatisfy(c -> assertThat(c).contains("503"));
  }

  @Test
  void deletesAnImageAndGoesOnWithTheNext() {
    long dataset = sheets.plain(6);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 2));
    button(page, "Delete").click();
    Locator confirm = page.locator("#delete-image");
    assertThat(confirm).containsText("shoot/002.jpg");
    confirm.getByText("Delete", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(lightbox(page)).containsText("shoot/003.jpg");
    assertThat(lightbox(page)).containsText("3 of 5");
    page.keyboard().press("Escape");
    assertThat(page.locator(".cell")).hasCount(5);
    assertThat(page.locator(".cell").getByText("shoot/002.jpg")).hasCount(0);
  }

  @Test
  void followsTheRunThatWritesAllCaptionsAnew() {
    long dataset = sheets.captioned(8);
    sheets.write(dataset, 0, "{\"mine\": true}");
    Page page = sheet(dataset, "");
    assertThat(cell(page, 0)).containsText("By hand");
    button(page, "Write all captions").click();
    button(page, "Write them").click();
    assertThat(cell(page, 0)).not().containsText("By hand");
    assertThat(page.locator("#caption-progress progress")).hasCount(0);
    assertThat(page.locator(".heading .badge")).hasText("Draft");
    assertThat(page.locator("#count-manual")).hasText("0");
    assertThat(button(page, "Write all captions")).isVisible();
  }

  @Test
  void countsAnewWhatChangesFromTheLightbox() {
    long dataset = sheets.captioned(5);
    Page page = sheet(dataset, "?captions=manual");
    assertThat(page.locator("#nothing-found")).isVisible();
    page.navigate(TestSheets.page(dataset, "/images/" + sheets.image(dataset, 1)));
    caption(page).fill("{\"short_description\": \"a cat\"}");
    caption(page).press("Control+Enter");
    assertThat(page.locator("#count-manual")).hasText("1");
    assertThat(page.locator("#regenerate-all-reach")).containsText("1 that were written by hand");
    button(page, "Delete").click();
    page.locator("#delete-image")
        .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
        .click();
    assertThat(page.locator("#images-count")).hasText("4");
    assertThat(page.locator("#count-all")).hasText("4");
    assertThat(page.locator("#count-manual")).hasText("0");
  }

  @Test
  void asksAgainOnlyAfterAWhileForWhatCannotBeLoaded() {
    long dataset = sheets.plain(20);
    SheetBenchmark.multiply(server, dataset, 20);
    Page page = sheet(dataset, "");
    var out = new AtomicBoolean(true);
    var asked = new AtomicInteger();
    page.route(
        "**/images/cells*",
        route -> {
          asked.incrementAndGet();
          if (out.get()) route.abort();
          else route.resume();
        });
    cell(page, 0).locator("a").focus();
    page.keyboard().press("End");
    assertThat(page.locator("#messages")).containsText("The server cannot be reached.");
    page.evaluate(FRAMES, 60);
    assertThat(asked).hasValueLessThanOrEqualTo(2);
    out.set(false);
    assertThat(cell(page, 399)).containsText("copy 19/shoot/019.jpg");
    assertThat(browser.takeComplaints()).allSatisfy(c -> assertThat(c).contains("ERR_FAILED"));
  }

  @Test
  void saysWhatItHasToSayOverTheLightbox() {
    long dataset = sheets.captioned(5);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 0));
    button(page, "Save").click();
    assertThat(page.locator("dialog:modal #messages")).containsText("There is no change to save.");
    Browser.requireAccessible(page);
    page.keyboard().press("Escape");
    assertThat(page.locator("body > #messages")).hasCount(1);
  }

  @Test
  void goesOnByArrowKeysFromBesideThePicture() {
    long dataset = sheets.captioned(5);
    Page page = sheet(dataset, "/" + sheets.image(dataset, 0));
    lightbox(page).locator(".side").focus();
    page.keyboard().press("ArrowRight");
    assertThat(lightbox(page)).containsText("2 of 5");
    page.keyboard().press("ArrowRight");
    assertThat(lightbox(page)).containsText("3 of 5");
  }

  @Test
  void findsImagesByTheirCaptionsAndNames() {
    long dataset = sheets.captioned(9);
    sheets.write(dataset, 4, "{\"short_description\": \"a Zebra in the rain\"}");
    Page page = sheet(dataset, "");
    assertThat(page.locator(".cell")).hasCount(9);
    page.locator("#search").fill("zebra");
    assertThat(page.locator(".cell")).hasCount(1);
    assertThat(page.locator("#sheet-count")).hasText("1 of 9 images");
    page.locator("#search").fill("100%");
    assertThat(page.locator("#nothing-found")).isVisible();
    page.locator("#search").fill("shoot/00");
    assertThat(page.locator(".cell")).hasCount(9);
    page.locator(".chips").getByText("By hand").click();
    assertThat(page.locator(".cell")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("captions=manual"));
    assertThat(page).hasURL(Pattern.compile("search=shoot"));
  }

  @Test
  void showsWhatIsHostileAsText() {
    long dataset = sheets.client().dataset("fibo");
    sheets.upload(dataset, List.of(file(HOSTILE, SampleImages.jpeg(64, 64))), Map.of());
    String caption =
        "{\"short_description\":\"</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\"}";
    sheets.write(dataset, 0, caption);
    Page page = sheet(dataset, "?search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
    page.onDialog(_ -> {
      throw new AssertionError("a script has run");
    });
    assertThat(cell(page, 0).locator(".name")).hasText(HOSTILE);
    cell(page, 0).locator("a").click();
    assertThat(page.locator("#lightbox-name")).hasText(HOSTILE);
    assertThat(caption(page)).hasValue(Pattern.compile("</textarea><script>"));
    button(page, "Delete").click();
    assertThat(page.locator("#delete-image-name")).hasText(HOSTILE);
    assertThat(page.locator("img[src=x]")).hasCount(0);
    page.setViewportSize(Browser.NARROW, 800);
    Browser.requireNoSideScroll(page);
  }

  @Test
  void offersNothingThatWritesToWhoMayOnlyRead() {
    long dataset = sheets.captioned(5);
    Page page = browser.visit(server);
    Browser.signIn(page, sheets.readOnlyToken(server));
    page.navigate(TestSheets.page(dataset, "/images/" + sheets.image(dataset, 0)));
    assertThat(lightbox(page).locator("pre")).containsText("A red bicycle");
    assertThat(lightbox(page).locator("form")).hasCount(0);
    assertThat(page.locator("#regenerate-all, #delete-image, .delete")).hasCount(0);
  }

  @Test
  void offersNoUploadToWhoMayOnlyReadNorAfterOne() {
    long empty = sheets.client().dataset("fibo");
    long failed = sheets.client().dataset("fibo");
    try (var source = ZipServer.serving(TestZip.with(file("a.txt", new byte[] {'a'})))) {
      sheets.client().upload(failed, source.url());
    }
    Page page = browser.visit(server);
    Browser.signIn(page, sheets.readOnlyToken(server));
    page.navigate(TestSheets.page(empty, "/images"));
    assertThat(page.locator(".empty")).containsText("No images yet");
    assertThat(page.locator(".empty a")).hasCount(0);
    page.navigate(TestSheets.page(empty, "/duplicates"));
    assertThat(page.locator(".empty a")).hasCount(0);
    page.navigate(TestSheets.page(failed, "/images"));
    assertThat(page.locator(".empty a")).hasText("See what became of it");
    Browser.requireAccessible(page);
  }

  @Test
  void teachesWhatToDoWhereThereAreNoImages() {
    long dataset = sheets.client().dataset("fibo");
    Page page = sheet(dataset, "");
    assertThat(page.locator(".empty")).containsText("No images yet");
    Browser.requireAccessible(page);
    assertThat(page.locator(".empty a")).hasAttribute("href", TestSheets.page(dataset, "/upload"));
  }

  @Test
  void canBeReadByEverybody() {
    long dataset = sheets.captioned(30);
    sheets.write(dataset, 0, "{\"mine\": true}");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1280, Browser.NARROW)) {
        Page page = Browser.signIn(browser.visit(server, width, scheme), server.token());
        page.navigate(TestSheets.page(dataset, "/images"));
        Browser.requireAccessible(page);
        Browser.requireNoSideScroll(page);
        cell(page, 0).locator("a").click();
        assertThat(lightbox(page)).containsText("1 of 30");
        Browser.requireAccessible(page);
        Browser.requireNoSideScroll(page);
        page.context().close();
      }
    }
  }

  private static Page sheet(long dataset, String rest) {
    Page page = Browser.signIn(browser.visit(server), server.token());
    page.navigate(TestSheets.page(dataset, "/images" + rest));
    return page;
  }

  private static Locator cell(Page page, int index) {
    return page.locator(".cell[data-index='%d']".formatted(index));
  }

  private static Locator lightbox(Page page) {
    return page.locator("#lightbox");
  }

  private static Locator caption(Page page) {
    return lightbox(page).locator("textarea");
  }

  private static Locator focused(Page page) {
    return page.locator(".cell a:focus");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON,
        new Page.GetByRoleOptions()
            .setName(name)
            .setExact(!name.equals("Next") && !name.equals("Previous")));
  }
}
