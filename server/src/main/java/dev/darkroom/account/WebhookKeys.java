package dev.darkroom.account;

import dev.darkroom.secret.MasterKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The keys under which webhooks for the tokens' jobs are signed. They leave this module sealed, to
/// be kept with a job, whatever becomes of its token, and are opened where a message is signed.
@Component
public final class WebhookKeys {

  static final String PURPOSE = "webhook-key";

  private static final String SEALED_OF =
      "SELECT sealed_webhook_key FROM api_token WHERE id = :tokenId";

  private final JdbcClient jdbc;
  private final MasterKey masterKey;

  WebhookKeys(JdbcClient jdbc, MasterKey masterKey) {
    this.jdbc = jdbc;
    this.masterKey = masterKey;
  }

  /// The key of a token, as the database keeps it.
  public byte[] sealedOf(long tokenId) {
    return jdbc.sql(SEALED_OF)
        .param("tokenId", tokenId)
        .query((row, _) -> row.getBytes("sealed_webhook_key"))
        .single();
  }

  public byte[] open(byte[] sealed) {
    return masterKey.open(PURPOSE, sealed);
  }
}
