package dev.darkroom.contactsheet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.darkroom.TestServer;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.console.Browser;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The visual schema from the first images chosen to captions under it, in a real browser.
class SchemaTest {

  private static TestServer server;
  private static Browser browser;
  private static TestSheets sheets;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    server = TestServer.start(TestSheets.PROPERTIES, TestCaptioner.Configuration.class);
    sheets = new TestSheets(server);
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  @Test
  void isMadeOfImagesThatAreChosenOnTheSheetAndHasCaptionsWritten() {
    long dataset = sheets.plain(7);
    Page page = visit(dataset, "/schema");
    assertThat(page.locator(".teach")).containsText("What all images of this dataset share");
    Browser.requireAccessible(page);
    page.locator(".teach a").click();
    for (int i = 0; i < 5; i++) {
      assertThat(page.locator("#choice-schema")).isHidden();
      page.locator(".pick").nth(i).check();
    }
    page.locator("#choice-schema").click();
    assertThat(page.locator(".source-image")).hasCount(5);
    button(page, "Make a visual schema of them").click();
    assertThat(text(page)).hasValue(Pattern.compile("\"style_medium\": \"photograph\""));
    button(page, "Save").click();
    assertThat(page.locator("#schema-state")).containsText("7 missing");
    assertThat(sheets.client().datasetAsSeen(dataset).get("visual_schema").asString())
        .isEqualTo(TestSheets.SCHEMA);
    button(page, "Write all captions").click();
    button(page, "Write them").click();
    assertThat(page.locator("#schema-state"))
        .containsText("All generated captions were written under this schema.");
  }

  @Test
  void tellsHowManyCaptionsAreOutOfDateAndLeadsToThem() {
    long dataset = sheets.captioned(6);
    sheets.write(dataset, 0, "{\"mine\": true}");
    Page page = visit(dataset, "/schema");
    text(page).fill("{\"style_medium\": \"oil painting\"");
    assertThat(page.locator("#schema-fault"))
        .hasText("Line 1, column 32: { of line 1 is not closed by }.");
    text(page).fill("{\"style_medium\": 7}");
    text(page).press("Control+Enter");
    assertThat(page.locator("#schema-form .problem")).containsText("style_medium");
    browser.takeComplaints();
    text(page).fill("{\"style_medium\": \"oil painting\"}");
    text(page).press("Control+Enter");
    assertThat(page.locator("#schema-state")).containsText("5 out of date");
    assertThat(page.locator("#schema-state")).containsText("1 by hand");
    page.getByText("5 out of date").click();
    assertThat(page.locator(".cell")).hasCount(5);
    assertThat(page.locator(".cell .badge").first()).hasText("Out of date");
  }

  @Test
  void showsWhatAnInstructionWouldChangeBeforeItIsTaken() {
    long dataset = sheets.captioned(5);
    Page page = visit(dataset, "/schema");
    page.getByLabel("What is to be different").fill("say that it is refined");
    button(page, "Show the change").click();
    assertThat(page.locator(".diff ins").first()).containsText("\"refined\": {");
    assertThat(text(page)).not().hasValue(Pattern.compile("refined"));
    Browser.requireAccessible(page);
    button(page, "Take it over").click();
    assertThat(text(page)).hasValue(Pattern.compile("refined"));
    assertThat(text(page)).isFocused();
    button(page, "Take back").click();
    assertThat(text(page)).not().hasValue(Pattern.compile("refined"));
  }

  @Test
  void takesNoProposalOverWhatWasTypedSince() {
    long dataset = sheets.captioned(5);
    Page page = visit(dataset, "/schema");
    page.getByLabel("What is to be different").fill("say that it is refined");
    button(page, "Show the change").click();
    assertThat(page.locator("#proposal")).isVisible();
    text(page).fill("{\"style_medium\": \"etching\"}");
    assertThat(page.locator("#proposal")).isHidden();
  }

  @Test
  void proposesASchemaOfImagesWhereSomethingWasTyped() {
    long dataset = sheets.plain(5);
    String chosen =
        IntStream.range(0, 5)
            .mapToObj(index -> Long.toString(sheets.image(dataset, index)))
            .collect(Collectors.joining(","));
    Page page = visit(dataset, "/schema?images=" + chosen);
    text(page).fill("{\"style_medium\": \"etching\"}");
    button(page, "Make a visual schema of them").click();
    assertThat(page.locator(".diff")).containsText("etching");
    assertThat(text(page)).hasValue(Pattern.compile("etching"));
  }

  @Test
  void canBeReadByEverybody() {
    long dataset = sheets.captioned(5);
    String chosen = "?images=" + sheets.image(dataset, 0) + "," + sheets.image(dataset, 1);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = Browser.signIn(browser.visit(server, Browser.NARROW, scheme), server.token());
      page.navigate(TestSheets.page(dataset, "/schema" + chosen));
      assertThat(page.getByText("It takes 5 of them at least.")).isVisible();
      Browser.requireAccessible(page);
      Browser.requireNoSideScroll(page);
      page.context().close();
    }
  }

  private static Page visit(long dataset, String rest) {
    Page page = Browser.signIn(browser.visit(server), server.token());
    page.navigate(TestSheets.page(dataset, rest));
    return page;
  }

  private static Locator text(Page page) {
    return page.locator("#schema-form textarea");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
