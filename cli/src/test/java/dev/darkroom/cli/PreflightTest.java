package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import org.junit.jupiter.api.Test;

/// `upload --preflight`: what it says, whom it asks, and when it begins.
class PreflightTest {

  private static final String ZIP = "https://example.com/photos.zip";
  private static final String BULK_UPLOAD = "/tailored-gen/datasets/12/images/bulk-upload";

  private static JsonObject someRefused() {
    JsonObject status = Statuses.completed();
    status.put("total", 4862);
    status.put("done", 4812);
    return status;
  }

  private static FakeDarkroom server(JsonObject preflight) {
    return FakeDarkroom.start(Statuses.answers(preflight, Statuses.allGood(1)));
  }

  private static boolean begun(FakeDarkroom server) {
    return server.requests().stream()
        .anyMatch(one -> one.method().equals("POST") && one.path().equals(BULK_UPLOAD));
  }

  @Test
  void beginsInAScriptWhereNothingWouldBeRefused() {
    try (var server = server(Statuses.allGood(48))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight")).isEqualTo(0);
      assertThat(typed.out()).startsWith("Preflight: 48 good\n");
      assertThat(server.posted(BULK_UPLOAD + "/preflight")).containsEntry("zip_url", ZIP);
      assertThat(begun(server)).isTrue();
    }
  }

  @Test
  void endsWithTwoInAScriptWhereAnImageWouldBeRefused() {
    try (var server = server(someRefused())) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight")).isEqualTo(2);
      assertThat(typed.out())
          .startsWith(
              "Preflight: 4 812 good, 1 too small, 1 truncated, 48 to be seen by the upload itself")
          .contains("shoot/small.jpg  The image is 900 x 900 pixels.");
      assertThat(typed.err())
          .contains("use it with: --dataset 12", "Nothing was started. With --yes");
      assertThat(begun(server)).isFalse();
    }
  }

  @Test
  void beginsInAScriptWhateverWouldBeRefusedWhereToldSo() {
    try (var server = server(someRefused())) {
      assertThat(Typed.inAScript().runAt(server, "upload", ZIP, "--preflight", "--yes"))
          .isEqualTo(0);
      assertThat(begun(server)).isTrue();
    }
  }

  @Test
  void asksAtATerminal() {
    try (var server = server(someRefused())) {
      var typed = Typed.atATerminal().answering("Y");
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight")).isEqualTo(0);
      assertThat(typed.err()).contains("Start the upload? [y/N] ");
      assertThat(begun(server)).isTrue();
    }
    try (var server = server(someRefused())) {
      assertThat(Typed.atATerminal().answering("").runAt(server, "upload", ZIP, "--preflight"))
          .isEqualTo(2);
      assertThat(begun(server)).isFalse();
    }
    try (var server = server(Statuses.allGood(1))) {
      assertThat(Typed.atATerminal().runAt(server, "upload", ZIP, "--preflight")).isEqualTo(0);
      assertThat(begun(server)).isFalse();
    }
  }

  @Test
  void endsWithOneWhereAllOfItWouldFail() {
    try (var server = server(Statuses.failed())) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight", "--yes")).isEqualTo(1);
      assertThat(typed.out()).startsWith("The upload would fail: The source stopped answering.");
      assertThat(begun(server)).isFalse();
    }
  }

  @Test
  void printsOneBodyAsJsonWhateverComes() {
    try (var server = server(someRefused())) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight", "--json")).isEqualTo(2);
      assertThat(typed.out()).isEqualTo(JsonWriter.string(someRefused()));
    }
    try (var server = server(Statuses.allGood(2))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight", "--json")).isEqualTo(0);
      assertThat(typed.out()).isEqualTo(JsonWriter.string(Statuses.allGood(1)));
    }
  }
}
