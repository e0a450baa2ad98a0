package dev.darkroom.fetch;

import dev.darkroom.failure.FailureException;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Fetches what a client's URL names, and posts to one. Every hop passes [SourceUrl] and
/// [PublicAddresses]; nothing but what a caller gives is sent. It blocks, and is safe for use by
/// many threads at once, virtual ones included.
@Component
public final class VettedHttp implements Closeable {

  /// Enough of an error's body to tell an object store's answer by.
  private static final int ERROR_BYTES = 1024;

  /// What of an answer to a post is read, for its connection to end well, and dropped.
  private static final int DROPPED_BYTES = 4096;

  private static final ContentType JSON = ContentType.create("application/json");

  private final FetchSettings settings;
  private final BoundedLookup names;
  private final PublicAddresses addresses;
  private final CloseableHttpClient client;

  @Autowired
  public VettedHttp(FetchSettings settings, OwnPorts ownPorts) {
    this(settings, ownPorts, HostLookup.SYSTEM);
  }

  VettedHttp(FetchSettings settings, OwnPorts ownPorts, HostLookup lookup) {
    this.settings = settings;
    this.names = new BoundedLookup(lookup, settings.connectTimeout());
    this.addresses = new PublicAddresses(settings.allowed(), ownPorts, names);
    this.client = VettedConnections.open(settings, addresses);
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

  /// Posts a JSON text to the URL, and gives the status of whatever answers: a redirect is an
  /// answer like any other, and is not followed. A `FailureException` with a [FetchFailure] where
  /// nothing does.
  ///
  /// @param patience bounds everything, until the status is there
  public int post(SourceUrl url, byte[] json, Map<String, String> headers, Duration patience) {
    var post = new HttpPost(url.full());
    headers.forEach(post::setHeader);
    post.setEntity(new ByteArrayEntity(json, JSON));
    try (var deadline = new Deadline(patience)) {
      return post(url, post, new Exchange(url, settings, deadline));
    }
  }

  private int post(SourceUrl url, HttpPost post, Exchange exchange) {
    try {
      return exchange.deadline().bound(() -> statusOf(open(url, post, exchange)));
    } catch (IOException problem) {
      throw exchange.failed(problem);
    }
  }

  private static int statusOf(Fetched answer) {
    try (answer) {
      var _ = answer.body().readNBytes(DROPPED_BYTES);
    } catch (FailureException | IOException _) {
      // The status is there, and all that counts.
    }
    return answer.status();
  }

  /// Refuses a URL, as [FetchFailure.Unreachable], whose host has no address that may be connected
  /// to. Nothing is connected to.
  public void requireVetted(SourceUrl url) {
    try {
      var _ =
          addresses.resolve(url.host(), DefaultSchemePortResolver.INSTANCE.resolve(hostOf(url)));
    } catch (UnknownHostException refused) {
      throw new FailureException(new FetchFailure.Unreachable(url), refused);
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
    if (request.range() != null) {
      get.setHeader(HttpHeaders.RANGE, request.range().header());
    }
    if (request.ifMatch() != null) {
      get.setHeader(HttpHeaders.IF_MATCH, request.ifMatch());
    }
    return open(hop, get, exchange);
  }

  private Fetched open(SourceUrl hop, HttpUriRequestBase request, Exchange exchange)
      throws IOException {
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    exchange.deadline().watch(request);
    // A context for each request, so that nothing of one hop is known to the next.
    var answer = client.executeOpen(hostOf(hop), request, HttpClientContext.create());
    return new Fetched(request, answer, exchange);
  }

  private static HttpHost hostOf(SourceUrl url) {
    return new HttpHost(url.full().getScheme(), url.host(), url.port());
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
