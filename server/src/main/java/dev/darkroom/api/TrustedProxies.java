package dev.darkroom.api;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Takes the client's address, and the scheme, host and port that it asked for, from the headers
/// X-Forwarded-For, -Proto, -Host and -Port, where the operator's `darkroom.trusted-proxies` sent
/// the request. From anybody else they say nothing, and so do addresses in X-Forwarded-For that
/// stand to the left of one that is no trusted proxy.
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final List<String> networks;

  TrustedProxies(@Value("${darkroom.trusted-proxies:}") List<String> networks) {
    this.networks = List.copyOf(networks);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (networks.isEmpty()) return;
    var valve = new RemoteIpValve();
    valve.setInternalProxies(
        networks.stream().map(TrustedProxies::withMask).collect(Collectors.joining(",")));
    valve.setRemoteIpHeader("X-Forwarded-For");
    valve.setProtocolHeader("X-Forwarded-Proto");
    valve.setHostHeader("X-Forwarded-Host");
    valve.setPortHeader("X-Forwarded-Port");
    factory.addEngineValves(valve);
  }

  /// Without a mask the valve would take it for a regular expression.
  private static String withMask(String network) {
    if (network.contains("/")) return network;
    return network + (network.contains(":") ? "/128" : "/32");
  }
}
