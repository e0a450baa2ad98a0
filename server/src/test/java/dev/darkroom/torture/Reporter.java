package dev.darkroom.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// Tells the test of every moment of this node's work. The work goes on when the test answers, so
/// that whatever the test does to the node, or to what it stands on, meets it there.
///
/// @param observer where the test listens
/// @param node the name of this node
record Reporter(URI observer, String node) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Tells of a moment, and whether what it is about can be had then; where not, it is out.
  ///
  /// @param detail which one of the subject's kind
  boolean report(Moment moment, String detail) {
    try {
      return send(
              "/moment?node=%s&moment=%s&detail=%s"
                  .formatted(node, encoded(moment.toString()), encoded(detail)))
          == 204;
    } catch (InterruptedException _) {
      // This node is shutting down.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void ready(int port) throws InterruptedException {
    send("/ready?node=%s&port=%d".formatted(node, port));
  }

  private int send(String path) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(observer.resolve(path)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
