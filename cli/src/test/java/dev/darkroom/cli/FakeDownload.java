package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The part of a server that gives a dataset as files, and the faults that it can be told to have.
final class FakeDownload {

  private List<byte[]> files = List.of();
  private String etag = "\"v1\"";
  private final List<String> ranges = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private long breaksAfter = Long.MAX_VALUE;

  FakeDownload of(byte[]... contents) {
    files = List.of(contents);
    return this;
  }

  FakeDownload withEtag(String tag) {
    etag = tag;
    return this;
  }

  /// The next answer ends after so many bytes.
  FakeDownload breakingAfter(long bytes) {
    breaksAfter = bytes;
    return this;
  }

  /// The `Range` of each request, or `all`.
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  /// The token of each request, or `none`.
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  String links(String url) {
    var urls = new JsonArray();
    for (int i = 0; i < files.size(); i++) urls.add(url + "/exports/" + i + "?signature=s");
    return JsonWriter.string(
        JsonObject.builder()
            .value("download_url", urls.get(0))
            .value("download_urls", urls)
            .done());
  }

  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] file = files.get(Integer.parseInt(path.substring("/exports/".length())));
    var headers = exchange.getRequestHeaders();
    String range = headers.getFirst("Range");
    ranges.add(range == null ? "all" : range);
    tokens.add(headers.getFirst("api_token") == null ? "none" : headers.getFirst("api_token"));
    boolean partial = range != null && etag.equals(headers.getFirst("If-Range"));
    int from = partial ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
    exchange.getResponseHeaders().set("ETag", etag);
    if (from >= file.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (partial) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, file.length - from);
    int end = (int) Math.min(file.length, from + Math.min(breaksAfter, file.length));
    boolean breaks = breaksAfter < file.length - from;
    breaksAfter = Long.MAX_VALUE;
    exchange.getResponseBody().write(Arrays.copyOfRange(file, from, end));
    exchange.getResponseBody().flush();
    if (breaks) exchange.close();
  }
}
