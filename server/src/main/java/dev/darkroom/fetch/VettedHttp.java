package dev.darkroom.fetch;

import dev.darkroom.failure.FailureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Fetches what a client's URL names. Every hop passes [SourceUrl] and [PublicAddresses]; nothing
/// but the URL, the range and the ETag is sent. It blocks, and is safe for use by many threads at
/// once, virtual ones included.
@Component
public final class VettedHttp implements Closeable {

  /// Enough of an error's body to tell an object store's answer by.
  private static final int ERROR_BYTES = 1024;

  private final FetchSettings settings;
  private final BoundedLookup names;
  private final CloseableHttpClient client;

  @Autowired
  public VettedHttp(FetchSettings settings, OwnPorts ownPorts) {
    this(settings, ownPorts, HostLookup.SYSTEM);
  }

  VettedHttp(FetchSettings settings, OwnPorts ownPorts, HostLookup lookup) {
    this.settings = settings;
    this.names = new BoundedLookup(lookup, settings.connectTimeout());
    this.client =
        VettedConnections.open(settings, new PublicAddresses(settings.allowed(), ownPorts, names));
  }

  /// The first 2xx answer at the URL or at what it redirects to; everything else is a
  /// `FailureException` with a [FetchFailure]. The answers to a changed ETag (412) and to an
  /// impossible range (416) are [FetchFailure.BadStatus] like any other. The caller closes what it
  /// gets.
  public Fetched get(SourceUrl url, FetchRequest request) {
    Duration patience = request.deadline() == null ? settings.longestStart() : request.deadline();
    var deadline = new Deadline(patience);
    var exchange = new Exchange(url, settings, deadline);
    boolean begun = false;
    try {
      Fetched answer = deadline.bound(() -> follow(exchange, request));
      begun = true;
      return answer;
    } catch (IOException problem) {
      throw exchange.failed(problem);
    } finally {
      if (!begun) {
        deadline.close();
      }
    }
  }

  private Fetched follow(Exchange exchange, FetchRequest request) throws IOException {
    SourceUrl hop = exchange.source();
    for (int redirects = 0; redirects <= settings.maxRedirects(); redirects++) {
      Fetched answer = send(hop, request, exchange);
      if (answer.status() / 100 == 2) {
        return answer;
      }
      try {
        hop = next(hop, answer, exchange.source());
      } finally {
        answer.release();
      }
    }
    throw new FailureException(
        new FetchFailure.TooManyRedirects(exchange.source(), settings.maxRedirects()));
  }

  private Fetched send(SourceUrl hop, FetchRequest request, Exchange exchange) throws IOException {
    var get = new HttpGet(hop.full());
    get.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    if (request.range() != null) {
      get.setHeader(HttpHeaders.RANGE, request.range().header());
    }
    if (request.ifMatch() != null) {
      get.setHeader(HttpHeaders.IF_MATCH, request.ifMatch());
    }
    exchange.deadline().watch(get);
    var host = new HttpHost(hop.full().getScheme(), hop.host(), hop.port());
    // A context for each request, so that nothing of one hop is known to the next.
    return new Fetched(get, client.executeOpen(host, get, HttpClientContext.create()), exchange);
  }

  private static SourceUrl next(SourceUrl hop, Fetched answer, SourceUrl source) {
    boolean redirects =
        switch (answer.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    String location = answer.header(HttpHeaders.LOCATION).orElse(null);
    if (!redirects || location == null) {
      throw refused(answer, source);
    }
    return redirected(hop, location, source);
  }

  private static SourceUrl redirected(SourceUrl hop, String location, SourceUrl source) {
    try {
      return hop.resolve(location);
    } catch (FailureException _) {
      // Its sentence is about a URL that the client never wrote.
      throw new FailureException(new FetchFailure.BadRedirect(source));
    }
  }

  private static FailureException refused(Fetched answer, SourceUrl source) {
    var retryAfter =
        RetryAfter.parse(
            answer.header(HttpHeaders.RETRY_AFTER).orElse(null),
            answer.header(HttpHeaders.DATE).orElse(null));
    boolean expired = answer.status() == 403 && looksLikeAnObjectStore(answer);
    return new FailureException(
        new FetchFailure.BadStatus(source, answer.status(), retryAfter, expired));
  }

  /// S3 and the stores that follow it answer an expired signature with an `Error` element.
  private static boolean looksLikeAnObjectStore(Fetched answer) {
    try {
      byte[] head = answer.body().readNBytes(ERROR_BYTES);
      return new String(head, StandardCharsets.UTF_8).contains("<Error>");
    } catch (FailureException | IOException _) {
      return false; // The status says enough.
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    names.close();
  }
}
