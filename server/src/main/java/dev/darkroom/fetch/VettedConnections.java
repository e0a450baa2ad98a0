package dev.darkroom.fetch;

import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Builds the client, stripped of everything that a browser would do by itself: no proxy, no
/// cookies, no credentials, no redirects, no retries, no decompression, no protocol upgrade.
///
/// A connection that is used again was vetted when it was opened, and goes where it went then; none
/// outlives a minute.
final class VettedConnections extends PoolingHttpClientConnectionManagerBuilder {

  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_CONNECTIONS_PER_HOST = 16;

  /// Room for a `Location` of the longest URL; a source that sends more is not one.
  private static final Http1Config BOUNDS =
      Http1Config.custom()
          .setMaxLineLength(SourceUrl.MAX_LENGTH * 2)
          .setMaxHeaderCount(200)
          .build();

  private VettedConnections() {}

  static CloseableHttpClient open(FetchSettings settings, PublicAddresses addresses) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(settings, addresses))
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        .setDefaultRequestConfig(requests(settings))
        .setUserAgent(userAgent())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .evictExpiredConnections()
        .evictIdleConnections(TimeValue.ofSeconds(15))
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      FetchSettings settings, PublicAddresses addresses) {
    return new VettedConnections()
        .setDnsResolver(addresses)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDS).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setSocketTimeout(Timeout.of(settings.idleTimeout()))
                .setTimeToLive(TimeValue.ofMinutes(1))
                // Nothing is retried, so a connection that the source has dropped must be found out
                // before it is used; the check costs a millisecond.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .build();
  }

  private static RequestConfig requests(FetchSettings settings) {
    return RequestConfig.custom()
        .setResponseTimeout(Timeout.of(settings.idleTimeout()))
        // A free connection is waited for until the deadline: others of this host are at work.
        .setConnectionRequestTimeout(Timeout.of(settings.longestStart()))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static String userAgent() {
    String version = VettedHttp.class.getPackage().getImplementationVersion();
    return "Darkroom/" + (version == null ? "dev" : version);
  }

  /// A bare `new Socket()` obeys the system property socksProxyHost, and then it is the proxy that
  /// connects, to an address of its own finding.
  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver addresses, TlsSocketStrategy tls) {
    return new DefaultHttpClientConnectionOperator(
        _ -> new Socket(Proxy.NO_PROXY),
        ports,
        addresses,
        RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
  }
}
