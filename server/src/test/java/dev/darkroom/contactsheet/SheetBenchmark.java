package dev.darkroom.contactsheet;

import com.microsoft.playwright.Page;
import dev.darkroom.TestServer;
import dev.darkroom.console.Browser;
import java.lang.management.ManagementFactory;
import java.util.Map;

/// What the sheet of 5 000 images costs a browser: the first paint, and scrolling through all of
/// them, forth by steps that show every row, and back by leaps. Prints frames of over 50 ms, and
/// how many nodes and how much heap the page holds before and after.
///
/// Server, database and browser share the machine, and the browser draws without a graphics card:
/// the figures say what is too slow, and not what a desk sees.
final class SheetBenchmark {

  private static final int DIFFERENT = 40;
  private static final int TIMES = 125;

  private static final String MULTIPLY =
      """
      INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, caption, caption_source,
        width, height, format, size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, created_at, updated_at)
      SELECT dataset_id, stored_object_id, n * 1000 + ordinal, true, format('copy %s/%s', n, image_name),
        '{"short_description": "' || repeat('a cat. ', 129) || '"}', 'manual',
        width, height, format, size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, now(), now()
      FROM dataset_image, generate_series(1, :times - 1) n WHERE dataset_id = :dataset
      """;

  /// Moves by so many pixels each frame until the end is reached, and tells the frames' times.
  private static final String SCROLL =
      """
      by => new Promise(done => {
        const times = [];
        let before = performance.now();
        const frame = now => {
          times.push(now - before);
          before = now;
          const y = scrollY;
          scrollBy(0, by);
          if (scrollY === y) done({
            frames: times.length,
            over50: times.filter(t => t > 50).length,
            longest: Math.round(Math.max(...times)),
            seconds: Math.round(times.reduce((a, b) => a + b) / 1000),
          });
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      })
      """;

  private SheetBenchmark() {}

  public static void main(String[] arguments) {
    try (var server = TestServer.start(TestSheets.PROPERTIES);
        var browser = Browser.start()) {
      long dataset = new TestSheets(server).plain(DIFFERENT);
      multiply(server, dataset, TIMES);
      Page page = Browser.signIn(browser.visit(server), server.token());
      for (int i = 0; i < 3; i++) {
        page.navigate(TestSheets.page(dataset, "/images"));
        say(
            "first contentful paint, ms",
            page.evaluate(
                "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)"));
      }
      size(page);
      say("idle, 300 frames", idle(page));
      say("down by 200 px a frame", page.evaluate(SCROLL, 200));
      size(page);
      say("up by 3000 px a frame", page.evaluate(SCROLL, -3000));
      size(page);
    }
  }

  /// As often as `times` in all what is in the dataset, each a row of its own with the same bytes.
  static void multiply(TestServer server, long dataset, int times) {
    server.jdbc().sql(MULTIPLY).param("dataset", dataset).param("times", times).update();
  }

  /// What frames take on this machine where nothing moves.
  private static Object idle(Page page) {
    return page.evaluate(
        """
        () => new Promise(done => {
          const times = [];
          let before = performance.now();
          const frame = now => {
            times.push(now - before);
            before = now;
            if (times.length < 300) requestAnimationFrame(frame);
            else done({over50: times.filter(t => t > 50).length, longest: Math.round(Math.max(...times))});
          };
          requestAnimationFrame(frame);
        })
        """);
  }

  private static void size(Page page) {
    var session = page.context().newCDPSession(page);
    session.send("HeapProfiler.collectGarbage");
    var usage = session.send("Runtime.getHeapUsage");
    say(
        "holds",
        Map.of(
            "cells", page.locator(".cell").count(),
            "nodes", session.send("Memory.getDOMCounters").get("nodes"),
            "heap MB", Math.round(usage.get("usedSize").getAsDouble() / 1e5) / 10.0));
  }

  private static void say(String what, Object figure) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf("%s: %s (load average %.1f)%n", what, figure, load);
  }
}
