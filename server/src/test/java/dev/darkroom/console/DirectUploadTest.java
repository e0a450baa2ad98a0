package dev.darkroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is on the computer that the browser runs on comes into a dataset, whatever comes between.
class DirectUploadTest {

  /// What one request of the page carries.
  private static final int SLICE = 32 << 20;

  private static final byte[] GOOD = SampleImages.jpeg(1024, 1024);

  private static TestServer server;
  private static Browser browser;
  private static ScratchDirectory scratch;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    server = TestServer.start();
    scratch = ScratchDirectory.create();
  }

  @AfterAll
  static void stop() {
    if (server != null) server.close();
    if (scratch != null) scratch.close();
    if (browser != null) browser.close();
  }

  private static Page visitEmptyDataset() {
    Page page = Browser.signIn(browser.visit(server), server.token());
    open(page, new UploadClient(server).dataset("fibo"));
    return page;
  }

  private static void open(Page page, long dataset) {
    page.navigate("/console/datasets/%d/upload".formatted(dataset));
  }

  private static void start(Page page) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Start the upload"))
        .first()
        .click();
  }

  private static void awaitEnd(Page page, String counters) {
    assertThat(page.getByText("What became of the archive")).isVisible();
    assertThat(page.locator(".counters")).containsText(counters);
  }

  @Test
  void takesAZipThatIsDropped() {
    Page page = visitEmptyDataset();
    var zip = TestZip.with(file("a.jpg", GOOD), file("b.jpg", new byte[] {1})).bytes();
    page.evaluate(
        """
        base64 => {
          const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], 'shoot.zip'));
          document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true}));
        }
        """,
        Base64.getEncoder().encodeToString(zip));
    assertThat(page.locator("#transfer")).containsText("shoot.zip");
    start(page);
    awaitEnd(page, "= Images2");
  }

  @Test
  void takesAFolderWithoutWhatTheSystemLeftInIt() throws IOException {
    Path folder = scratch.path().resolve("shoot");
    Files.createDirectories(folder.resolve("b/c"));
    Files.write(folder.resolve("b/c/1.jpg"), GOOD);
    Files.write(folder.resolve("ä ö.jpg"), GOOD);
    Files.writeString(folder.resolve("Thumbs.db"), "junk");
    Files.writeString(folder.resolve("notes.txt"), "notes");
    Page page = visitEmptyDataset();
    page.setInputFiles("#choose-folder", folder);
    start(page);
    awaitEnd(page, "= Entries3");
  }

  @Test
  void goesOnWhereItWasWhenThePageWasClosedInBetween() throws IOException {
    Path zip = scratch.path().resolve("large.zip");
    Files.write(
        zip,
        TestZip.with(file("a.jpg", GOOD), file("large.txt", new byte[SLICE + 1]).stored()).bytes());
    long dataset = new UploadClient(server).dataset("fibo");
    Page page = Browser.signIn(browser.visit(server), server.token());
    open(page, dataset);
    var patches = new AtomicInteger();
    page.route(
        "**/uploads/*",
        route -> {
          boolean second =
              route.request().method().equals("PATCH") && patches.incrementAndGet() > 1;
          if (second) route.abort();
          else route.resume();
        });
    page.setInputFiles("#choose-zip", zip);
    start(page);
    assertThat(page.getByText("The server cannot be reached")).isVisible();
    page.close();
    browser.takeComplaints();

    page = page.context().newPage();
    List<String> offsets = new ArrayList<>();
    page.onRequest(request -> offset(request, offsets));
    open(page, dataset);
    page.setInputFiles("#choose-zip", zip);
    start(page);
    awaitEnd(page, "In the dataset1");
    assertThat(offsets).containsExactly(Integer.toString(SLICE));
  }

  private static void offset(Request request, List<String> offsets) {
    if (request.method().equals("PATCH")) offsets.add(request.headers().get("upload-offset"));
  }

  @Test
  void pausesAndResumes() {
    Page page = visitEmptyDataset();
    var patches = new AtomicInteger();
    // The first is left without an answer, as on a line that hangs.
    page.route(
        "**/uploads/*",
        route -> {
          if (!route.request().method().equals("PATCH") || patches.incrementAndGet() > 1)
            route.resume();
        });
    page.setInputFiles("#choose-zip", zip("a.zip", file("a.jpg", GOOD)));
    start(page);
    page.locator("#pause").click();
    assertThat(page.getByText("Paused.")).isVisible();
    page.locator("#pause").click();
    awaitEnd(page, "In the dataset1");
  }

  @Test
  void takesAnotherZipWhileOneIsSent() {
    Page page = visitEmptyDataset();
    var patches = new AtomicInteger();
    page.route(
        "**/uploads/*",
        route -> {
          if (!isPatch(route) || patches.incrementAndGet() > 1) route.resume();
        });
    page.setInputFiles("#choose-zip", zip("first.zip", file("a.jpg", GOOD)));
    page.waitForRequest("**/uploads/*", () -> start(page));
    page.getByText("Choose another").click();
    assertThat(page.locator("#pause")).isHidden();
    page.setInputFiles("#choose-zip", zip("second.zip", file("a.jpg", GOOD), file("b.jpg", GOOD)));
    assertThat(page.locator("#transfer")).containsText("second.zip");
    start(page);
    awaitEnd(page, "In the dataset2");
  }

  @ParameterizedTest
  @CsvSource({
    "408, Only 7 bytes came in 30 s., The connection broke off.",
    "503, The store has no room left., The store has no room left."
  })
  void goesOnAfterWhatPassesAndSaysWhatItIs(int status, String message, String said) {
    Page page = visitEmptyDataset();
    answerFirstPatch(page, status, "{\"message\": \"%s\"}".formatted(message));
    page.setInputFiles("#choose-zip", zip("a.zip", file("a.jpg", GOOD)));
    start(page);
    assertThat(page.getByText(said + " The upload goes on by itself")).isVisible();
    awaitEnd(page, "In the dataset1");
    browser.takeComplaints();
  }

  private static void answerFirstPatch(Page page, int status, String body) {
    var patches = new AtomicInteger();
    page.route(
        "**/uploads/*",
        route -> {
          if (isPatch(route) && patches.incrementAndGet() == 1)
            route.fulfill(new Route.FulfillOptions().setStatus(status).setBody(body));
          else route.resume();
        });
  }

  @Test
  void sendsAnewWhatTheServerHasUsedUp() throws IOException {
    Path zip = scratch.path().resolve("used.zip");
    Files.write(zip, TestZip.with(file("a.jpg", GOOD)).bytes());
    var client = new UploadClient(server);
    long first = client.dataset("fibo");
    Page page = Browser.signIn(browser.visit(server), server.token());
    open(page, first);
    // The server takes it, and its answer is lost.
    page.route(
        "**/bulk-upload",
        route -> {
          route.fetch();
          route.abort();
        });
    page.setInputFiles("#choose-zip", zip);
    start(page);
    assertThat(page.locator("#upload-form .problem")).containsText("cannot be reached");
    page.unroute("**/bulk-upload");
    client.awaitEnd(first);

    open(page, client.dataset("fibo"));
    page.setInputFiles("#choose-zip", zip);
    start(page);
    assertThat(page.locator("#upload-form .problem")).containsText("upload the ZIP once more");
    start(page);
    awaitEnd(page, "In the dataset1");
    browser.takeComplaints();
  }

  @Test
  void asksBeforeThePageIsLeftWhileSomethingIsSent() {
    Page page = visitEmptyDataset();
    page.route(
        "**/uploads/*",
        route -> {
          if (!isPatch(route)) route.resume();
        });
    List<String> dialogs = new ArrayList<>();
    page.onDialog(dialog -> {
      dialogs.add(dialog.type());
      dialog.dismiss();
    });
    page.setInputFiles("#choose-zip", zip("a.zip", file("a.jpg", GOOD)));
    page.waitForRequest("**/uploads/*", () -> start(page));
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Visual schema").setExact(true))
        .click();
    assertThat(page.locator("#transfer")).isVisible();
    assertThat(dialogs).containsExactly("beforeunload");
  }

  @Test
  void leavesWithoutAQuestionWhereWhatWasReadIsDismissed() {
    Page page = visitEmptyDataset();
    List<String> dialogs = new ArrayList<>();
    page.onDialog(dialog -> {
      dialogs.add(dialog.type());
      dialog.accept();
    });
    page.evaluate(
        """
        async () => {
          const transfer = new DataTransfer();
          for (const name of ['a.jpg', 'b.jpg']) transfer.items.add(new File([new Uint8Array(64e6)], name));
          document.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer}));
          while (!document.querySelector('.said').textContent.startsWith('Reading')) {
            await new Promise(requestAnimationFrame);
          }
          document.getElementById('forget').click();
        }
        """);
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Visual schema").setExact(true))
        .click();
    page.waitForURL("**/schema");
    assertThat(dialogs).isEmpty();
  }

  private static boolean isPatch(Route route) {
    return route.request().method().equals("PATCH");
  }

  private static FilePayload zip(String name, TestEntry... entries) {
    return new FilePayload(name, "application/zip", TestZip.with(entries).bytes());
  }

  @Test
  void keepsApartTheFoldersThatAreDroppedTogether() {
    var cats = Map.of("name", "cats", "files", List.of("a.jpg", "a.txt"));
    var dogs = Map.of("name", "dogs", "files", List.of("a.jpg"));
    assertThat(dropped(List.of(cats, dogs, Map.of("name", "b.jpg"))))
        .isEqualTo("files: cats/a.jpg cats/a.txt dogs/a.jpg b.jpg");
    assertThat(dropped(List.of(cats))).isEqualTo("cats: a.jpg a.txt");
  }

  @Test
  void takesNoZipWithSomethingBesideIt() {
    assertThat(dropped(List.of(Map.of("name", "a.zip"), Map.of("name", "b.zip"))))
        .isEqualTo(
            "A dataset takes one ZIP, and nothing beside it. Drop a.zip alone, or a folder with all the images.");
  }

  /// What the page makes of entries as a browser gives them of what is dropped from the disk.
  private static String dropped(List<? extends Map<String, ?>> entries) {
    return (String)
        visitEmptyDataset()
            .evaluate(
                """
                async entries => {
                  const {dropped} = await import('/console/assets/dropped.js');
                  const single = name => ({name, isFile: true, file: resolve => resolve(new File([], name))});
                  const folder = (name, files) => ({name, isFile: false, createReader: () => {
                    const left = files.map(single);
                    return {readEntries: resolve => resolve(left.splice(0))};
                  }});
                  const items = entries.map(({name, files}) => {
                    const entry = files ? folder(name, files) : single(name);
                    return {webkitGetAsEntry: () => entry};
                  });
                  try {
                    const {name, files} = await dropped({items});
                    return `${name}: ${files.map(file => file.path).join(' ')}`;
                  } catch (failure) {
                    return failure.message;
                  }
                }
                """,
                entries);
  }

  @Test
  void makesTheSameZipOfTheSameFolderEachTime() throws IOException {
    Page page = visitEmptyDataset();
    var first = zip(page, "['b.txt', 'a/ä.txt', '.DS_Store', 'a/__MACOSX/x']");
    var second = zip(page, "['a/__MACOSX/x', 'a/ä.txt', 'b.txt', '.DS_Store']");
    assertThat(second).isEqualTo(first);
    Map<String, String> entries = new HashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(first))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // Reading to the end compares the checksum.
        entries.put(
            entry.getName(),
            new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    assertThat(entries)
        .containsOnly(Map.entry("a/ä.txt", "of a/ä.txt"), Map.entry("b.txt", "of b.txt"));
  }

  private static byte[] zip(Page page, String paths) {
    var base64 =
        page.evaluate(
            """
            async paths => {
              const {zipOf} = await import('/console/assets/folder-zip.js');
              const files = paths.map(path => ({path, file: new File([`of ${path}`], path, {lastModified: 1})}));
              const {blob} = await zipOf(files, () => {});
              return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
            }
            """,
            page.evaluate(paths));
    return Base64.getDecoder().decode((String) base64);
  }
}
