package dev.darkroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.darkroom.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real Chromium without a window, of which a test has as many visitors as it wants. A page that
/// writes an error to its console, or is refused something by its policy, fails the test.
public final class Browser implements AutoCloseable {

  /// What a phone shows beside each other.
  public static final int NARROW = 380;

  /// What a busy machine may take for what a quiet one does at once.
  private static final double PATIENCE_MILLIS = 30_000;

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();

  private Browser(Path executable) {
    playwright =
        Playwright.create(
            new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(executable)
                    .setChromiumSandbox(false)
                    .setArgs(
                        List.of(
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /// Skips the test, and says so, where no Chromium is installed.
  public static Browser start() {
    var executable = find();
    assumeTrue(
        executable.isPresent(),
        "SKIPPED: no Chromium is installed, so no page is tested; apt-get install chromium");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return new Browser(executable.orElseThrow());
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// A visitor with cookies of its own.
  public Page visit(TestServer server) {
    return visit(server, 1280, ColorScheme.LIGHT);
  }

  public Page visit(TestServer server, int width, ColorScheme scheme) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(server.baseUrl().toString())
                .setViewportSize(width, 800)
                .setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    var page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) complaints.add(message.text());
    });
    page.onPageError(complaints::add);
    return page;
  }

  /// A visitor who has signed in with the token.
  public static Page signIn(Page page, String token) {
    page.navigate("/console/sign-in");
    page.getByLabel("API token").fill(token);
    page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON)
        .and(page.getByText("Sign in"))
        .click();
    page.waitForURL("**/console");
    return page;
  }

  /// Fails where the page breaks a rule of WCAG 2.2, levels A and AA, that axe can find.
  public static void requireAccessible(Page page) {
    var violations =
        new AxeBuilder(page)
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze()
            .getViolations();
    assertThat(violations)
        .as("what axe finds on %s", page.url())
        .extracting(rule ->
            rule.getId()
                + ": "
                + rule.getHelp()
                + " "
                + rule.getNodes().stream().map(n -> n.getHtml()).toList())
        .isEmpty();
  }

  /// Fails where the page, or a dialog that is open over it, is wider than its window.
  public static void requireNoSideScroll(Page page) {
    assertThat(
            page.evaluate(
                """
                [document.documentElement, ...document.querySelectorAll('dialog[open]')]
                    .reduce((most, place) => Math.max(most, place.scrollWidth - place.clientWidth), 0)
                """))
        .as("how many pixels of %s stand out", page.url())
        .isEqualTo(0);
  }

  /// Forgets the errors of pages so far, which a test has made on purpose.
  public List<String> takeComplaints() {
    var taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }

  @Override
  public void close() {
    playwright.close();
    assertThat(complaints).as("errors of the pages").isEmpty();
  }
}
