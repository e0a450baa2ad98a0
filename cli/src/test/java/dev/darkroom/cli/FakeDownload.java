package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a server that gives a dataset as files, and the faults that it can be told to have.
final class FakeDownload {

  private List<byte[]> files = List.of();
  private String etag = "\"v1\"";
  private final List<String> ranges = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private long breaksAfter = Long.MAX_VALUE;
  private int refused = -1;
  private int changesAfter = -1;
  private Runnable change = () -> {};

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

  /// That file is not given.
  FakeDownload refusing(int number) {
    refused = number;
    return this;
  }

  /// After so many answers there are other files.
  FakeDownload changingAfter(int answers, String tag, byte[]... contents) {
    changesAfter = answers;
    change = () -> of(contents).withEtag(tag);
    return this;
  }

  /// The status code of each answer.
  List<Integer> statuses() {
    return List.copyOf(statuses);
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
    if (statuses.size() == changesAfter) change.run();
    String path = exchange.getRequestURI().getPath();
    int number = Integer.parseInt(path.substring("/exports/".length()));
    byte[] file = files.get(number);
    String tag = files.size() == 1 ? etag : etag.replaceFirst("\"$", "-" + number + "\"");
    var headers = exchange.getRequestHeaders();
    String range = headers.getFirst("Range");
    ranges.add(range == null ? "all" : range);
    tokens.add(headers.getFirst("api_token") == null ? "none" : headers.getFirst("api_token"));
    boolean partial = range != null && tag.equals(headers.getFirst("If-Range"));
    int from = partial ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
    int status = status(number, tag, headers.getFirst("If-None-Match"), from >= file.length);
    if (status == 200 && partial) status = 206;
    statuses.add(status);
    exchange.getResponseHeaders().set("ETag", tag);
    if (status == 416) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
    }
    if (status > 206) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    if (partial) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(status, file.length - from);
    send(exchange, file, from);
  }

  private int status(int number, String tag, @Nullable String known, boolean beyond) {
    if (number == refused) return 403;
    if (tag.equals(known)) return 304;
    return beyond ? 416 : 200;
  }

  private void send(HttpExchange exchange, byte[] file, int from) throws IOException {
    int end = (int) Math.min(file.length, from + Math.min(breaksAfter, file.length));
    boolean breaks = breaksAfter < file.length - from;
    breaksAfter = Long.MAX_VALUE;
    exchange.getResponseBody().write(Arrays.copyOfRange(file, from, end));
    exchange.getResponseBody().flush();
    if (breaks) exchange.close();
  }
}
