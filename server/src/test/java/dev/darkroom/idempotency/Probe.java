package dev.darkroom.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Endpoints of a test, which count how often they are asked, on all nodes of this process
/// together.
@RestController
final class Probe {

  static final AtomicInteger CALLS = new AtomicInteger();

  /// Where a call of `/probe/slow` waits, once it has begun.
  static volatile CountDownLatch begun = new CountDownLatch(1);

  static volatile CountDownLatch release = new CountDownLatch(1);

  @PostMapping({
    "/probe/count",
    "/probe/count-too",
    "/admin/probe/tokens",
    "/admin/probe/tokens/1/rotate"
  })
  Map<String, Integer> count() {
    return Map.of("call", CALLS.incrementAndGet());
  }

  @PutMapping("/probe/count")
  Map<String, Integer> put() {
    return count();
  }

  /// Says in headers what it says in its body, and nothing of it in the body.
  @PostMapping("/probe/headers")
  ResponseEntity<Void> headers() {
    return ResponseEntity.noContent()
        .header("Location", "/call/" + CALLS.incrementAndGet())
        .header("Retry-After", "7")
        .header("Link", "<a>; rel=\"prev\"", "<b>; rel=\"next\"")
        .build();
  }

  @PostMapping("/probe/stream")
  Map<String, Object> read(InputStream body) throws IOException {
    long bytes = body.transferTo(OutputStream.nullOutputStream());
    return Map.of("call", CALLS.incrementAndGet(), "bytes", bytes);
  }

  @PostMapping("/probe/reader")
  Map<String, Object> readText(HttpServletRequest request) throws IOException {
    return Map.of("call", CALLS.incrementAndGet(), "line", request.getReader().readLine());
  }

  @PostMapping("/probe/parts")
  Map<String, Object> parts(@RequestParam("file") MultipartFile file) {
    return Map.of("call", CALLS.incrementAndGet(), "bytes", file.getSize());
  }

  @PostMapping("/probe/large")
  void large(@RequestParam("bytes") int bytes, HttpServletResponse response) throws IOException {
    response.setHeader("Call", String.valueOf(CALLS.incrementAndGet()));
    var piece = new byte[1000];
    for (int left = bytes; left > 0; left -= piece.length) {
      response.getOutputStream().write(piece, 0, Math.min(left, piece.length));
      response.flushBuffer();
    }
  }

  @PostMapping("/probe/later")
  Callable<Map<String, Integer>> later() {
    return this::count;
  }

  @PostMapping("/probe/slow")
  Map<String, Integer> slow() throws InterruptedException {
    begun.countDown();
    release.await();
    return count();
  }

  @PostMapping("/probe/fail")
  ResponseEntity<Map<String, Integer>> fail(@RequestParam("status") int status) {
    return ResponseEntity.status(status).body(count());
  }

  static void holdTheNext() {
    begun = new CountDownLatch(1);
    release = new CountDownLatch(1);
  }
}
