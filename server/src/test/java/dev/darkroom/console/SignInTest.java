package dev.darkroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.darkroom.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInTest {

  private static TestServer server;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
    if (server != null) server.close();
  }

  @Test
  void asksForATokenAndGoesOnToThePageThatWasWanted() {
    Page page = browser.visit(server);
    page.navigate("/console/projects/999");
    assertThat(page.url()).contains("/console/sign-in?next=");
    page.getByLabel("API token").fill(server.token());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    page.waitForURL("**/console/projects/999");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText("999");
    browser.takeComplaints();
  }

  @Test
  void showsTheProjects() {
    Page page = Browser.signIn(browser.visit(server), server.token());
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Projects");
    Browser.requireAccessible(page);
  }
}
