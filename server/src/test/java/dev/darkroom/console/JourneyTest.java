package dev.darkroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// One person's way from an empty server to a dataset to train with.
class JourneyTest {

  private static final int GOOD_IMAGES = 5;

  @Test
  void leadsFromAnEmptyServerToADatasetToTrainWith() throws IOException {
    try (var browser = Browser.start();
        var server = TestServer.start()) {
      Page page = Browser.signIn(browser.visit(server), server.token());
      makeProjectAndDataset(page);
      setSchema(page);
      uploadZip(page);
      findFailedImage(page);
      fixCaption(page);
      regenerateCaption(page);
      complete(page);
      assertThat(download(page)).contains("shoot/0.jpg", "shoot/4.jpg").doesNotContain("small.jpg");
    }
  }

  private static void makeProjectAndDataset(Page page) {
    page.getByText("Make the first project").click();
    page.locator("#project-name").fill("Spring");
    page.locator("#new-project").getByText("Create").click();
    page.getByText("Make the first dataset").click();
    page.locator("#dataset-name").fill("Shoot 1");
    page.locator("#new-dataset").getByText("Create").click();
    assertThat(heading(page, "Shoot 1")).isVisible();
  }

  private static void setSchema(Page page) {
    page.getByText("Give it a visual schema").click();
    page.locator("textarea").first().fill("{\"style_medium\": \"photograph\"}");
    page.waitForResponse(
        answer -> answer.request().method().equals("PUT") && answer.ok(),
        () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save")).click());
  }

  private static void uploadZip(Page page) {
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Upload")).first().click();
    page.setInputFiles("#choose-zip", new FilePayload("shoot.zip", "application/zip", zip()));
    page.getByText("Start the upload").first().click();
    assertThat(heading(page, "What became of the archive")).isVisible();
  }

  private static byte[] zip() {
    var zip = TestZip.with(file("small.jpg", SampleImages.jpeg(640, 480)));
    for (int i = 0; i < GOOD_IMAGES; i++) {
      zip.and(file("shoot/%d.jpg".formatted(i), SampleImages.jpeg(1024, 1024 + i)));
    }
    return zip.bytes();
  }

  private static void findFailedImage(Page page) {
    assertThat(page.locator("#failures")).containsText("small.jpg");
    assertThat(page.locator("#failures")).containsText("640 x 480");
    assertThat(page.locator("#failures img")).isVisible();
  }

  private static void fixCaption(Page page) {
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Images")).click();
    assertThat(page.locator("#sheet .cell")).hasCount(GOOD_IMAGES);
    page.locator("#sheet .cell a").first().click();
    var caption = page.locator("#lightbox textarea");
    assertThat(caption).containsText("style_medium");
    caption.fill("{\"style_medium\": \"photograph\", \"short_description\": \"A bowl of figs.\"}");
    page.locator("#lightbox").getByText("Save").click();
    assertThat(page.locator("#lightbox .source")).containsText("Written by hand");
  }

  private static void regenerateCaption(Page page) {
    page.locator("#lightbox").getByText("Write it anew").click();
    assertThat(page.locator("#lightbox .source")).containsText("Written by measuring");
    page.keyboard().press("Escape");
    assertThat(page.locator("#lightbox")).isHidden();
  }

  private static void complete(Page page) {
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    page.locator(".menu").getByText("Complete").click();
    page.locator("#complete").getByRole(AriaRole.BUTTON).first().click();
    assertThat(page.locator(".heading .badge")).hasText("Completed");
  }

  private static List<String> download(Page page) throws IOException {
    page.getByText("Download").click();
    Download download =
        page.waitForDownload(() ->
            page.locator(".menu")
                .getByText("zip", new Locator.GetByTextOptions().setExact(true))
                .click());
    var copy = Files.createTempFile("dataset", ".zip");
    try {
      download.saveAs(copy);
      try (var zip = new ZipFile(copy.toFile())) {
        List<String> names = new ArrayList<>();
        zip.stream().forEach(entry -> names.add(entry.getName()));
        return names;
      }
    } finally {
      Files.delete(copy);
    }
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name));
  }
}
