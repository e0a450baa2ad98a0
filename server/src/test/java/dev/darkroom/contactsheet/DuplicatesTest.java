package dev.darkroom.contactsheet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.darkroom.TestServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.console.Browser;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Thinning out what a dataset has more than once, in a real browser.
class DuplicatesTest {

  private static TestServer server;
  private static Browser browser;
  private static TestSheets sheets;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    server = TestServer.start(TestSheets.PROPERTIES);
    sheets = new TestSheets(server);
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  @Test
  void keepsOneOfTheSameAndDeletesTheOthers() {
    long dataset = withCopies();
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    Locator group = page.locator(".alike").first();
    assertThat(group).containsText("The same file, 3 times");
    group.locator("li").nth(1).locator(".keep").click();
    assertThat(page.locator("#thin-out"))
        .containsText("b.jpg is kept. The other 2 images of its group leave the dataset.");
    page.locator("#thin-out button.danger").click();
    assertThat(page.getByText("The same file, 3 times")).hasCount(0);
    assertThat(sheets.client().images(dataset).findValuesAsString("image_name"))
        .contains("b.jpg")
        .doesNotContain("a.jpg", "c.jpg");
  }

  @Test
  void stopsDeletingWhereTheQuestionIsClosed() {
    long dataset = withCopies();
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    var held = new ArrayList<Route>();
    page.route(
        "**/images/*",
        route -> {
          if (route.request().method().equals("DELETE")) held.add(route);
          else route.resume();
        });
    page.locator(".alike").first().locator("li").nth(1).locator(".keep").click();
    page.waitForRequest(
        request -> request.method().equals("DELETE"),
        () -> page.locator("#thin-out button.danger").click());
    page.locator("#thin-out").getByText("Keep them").click();
    held.removeFirst().resume();
    assertThat(page.locator("#messages")).containsText("The image is deleted.");
    assertThat(page.locator(".alike").first()).containsText("The same file, 2 times");
    assertThat(held).isEmpty();
  }

  @Test
  void takesWhatIsGoneAlreadyForDeleted() {
    long dataset = withCopies();
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    Locator group = page.locator(".alike").first();
    String gone = group.locator("li").nth(0).getAttribute("data-id");
    sheets.client().api().delete(UploadClient.path(dataset, "/images/" + gone));
    group.locator("li").nth(1).locator(".keep").click();
    page.locator("#thin-out button.danger").click();
    assertThat(page.getByText("The same file, 3 times")).hasCount(0);
    assertThat(page.locator("#thin-out")).isHidden();
    assertThat(browser.takeComplaints()).allSatisfy(c -> assertThat(c).contains("404"));
  }

  @Test
  void deletesOneAndOpensEachInTheLightbox() {
    long dataset = withCopies();
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    Locator group = page.locator(".alike").first();
    group.locator("a").nth(2).click();
    assertThat(page.locator("#lightbox-name")).hasText("c.jpg");
    page.goBack();
    assertThat(page.locator("#lightbox")).isHidden();
    assertThat(page).hasURL(Pattern.compile("/duplicates$"));
    group.locator("li").nth(2).locator(".remove").click();
    page.locator("#thin-out button.danger").click();
    assertThat(page.locator(".alike").first()).containsText("The same file, 2 times");
  }

  @Test
  void putsPicturesThatLookAlikeSideBySide() {
    long dataset = withCopies();
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    assertThat(page.locator("#near-title")).containsText("Pictures that look alike");
    assertThat(page.locator("section[aria-labelledby='near-title'] .alike").first())
        .containsText("They look");
  }

  @Test
  void teachesWhereThereAreNone() {
    long dataset = sheets.client().dataset("fibo");
    Page page = visit(dataset, ColorScheme.LIGHT, 1280);
    assertThat(page.locator(".empty")).containsText("No duplicates");
    Browser.requireAccessible(page);
  }

  @Test
  void canBeReadByEverybody() {
    long dataset = withCopies();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = visit(dataset, scheme, Browser.NARROW);
      Browser.requireAccessible(page);
      Browser.requireNoSideScroll(page);
      page.context().close();
    }
  }

  private static long withCopies() {
    byte[] picture = SampleImages.jpeg(300, 200);
    return sheets.upload(
        sheets.client().dataset("fibo"),
        List.of(
            file("a.jpg", picture),
            file("b.jpg", picture),
            file("c.jpg", picture),
            file("smaller.jpg", SampleImages.jpeg(240, 160)),
            file("other.jpg", SampleImages.patches(SampleKind.JPEG, 128, 128))),
        Map.of());
  }

  private static Page visit(long dataset, ColorScheme scheme, int width) {
    Page page = Browser.signIn(browser.visit(server, width, scheme), server.token());
    page.navigate(TestSheets.page(dataset, "/duplicates"));
    return page;
  }
}
