package dev.darkroom.webhook;

import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/// How a receiver's whole URL is kept: its query, or its path even, often is a secret.
@Component
final class UrlSeal {

  private static final String PURPOSE = "webhook-url";

  private final MasterKey masterKey;

  UrlSeal(MasterKey masterKey) {
    this.masterKey = masterKey;
  }

  byte[] seal(SourceUrl url) {
    return masterKey.seal(PURPOSE, url.full().toString().getBytes(StandardCharsets.UTF_8));
  }

  SourceUrl open(byte[] sealed) {
    return SourceUrl.parse(new String(masterKey.open(PURPOSE, sealed), StandardCharsets.UTF_8));
  }
}
