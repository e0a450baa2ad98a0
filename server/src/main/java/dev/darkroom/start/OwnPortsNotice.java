package dev.darkroom.start;

import dev.darkroom.database.Database;
import dev.darkroom.fetch.OwnPorts;
import java.net.URI;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells the fetcher which ports are the program's own and its database's: no client's URL may lead
/// there, whatever addresses are allowed.
@Component
final class OwnPortsNotice {

  private static final int POSTGRESQL_PORT = 5432;

  private final OwnPorts ownPorts;

  OwnPortsNotice(OwnPorts ownPorts, Database database) {
    this.ownPorts = ownPorts;
    // A JDBC URL may name several hosts: jdbc:postgresql://one:5432,two/database.
    String hosts = URI.create(database.getJdbcUrl().substring("jdbc:".length())).getRawAuthority();
    for (String host : hosts.split(",", -1)) addDatabase(host);
  }

  private void addDatabase(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    ownPorts.add(
        hasPort ? host.substring(0, colon) : host,
        hasPort ? Integer.parseInt(host.substring(colon + 1)) : POSTGRESQL_PORT);
  }

  /// Also called for a management port of its own.
  @EventListener
  void listening(WebServerInitializedEvent event) {
    ownPorts.add(event.getWebServer().getPort());
  }
}
