package dev.darkroom.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Against signatures that other programs have made.
class SignatureTest {

  @Test
  void isTheOneOfAKnownMessage() {
    // The key of the token "test-token"; the signature by Python's hmac.
    byte[] key =
        HexFormat.of().parseHex("e1b13622e9b04e16406fc9ac8e7ac3f37fa4b783f77ae0010bedc70a05c445f7");
    var headers =
        Signature.headers(
            key,
            "req-1",
            Instant.ofEpochSecond(1_750_000_000),
            "{\"status\":\"COMPLETED\"}".getBytes(US_ASCII));
    assertThat(headers)
        .containsEntry("Bria-Webhook-Id", "req-1")
        .containsEntry("Bria-Webhook-Timestamp", "1750000000")
        .containsEntry("Bria-Webhook-Signature", "v1=DgEAE/JWuYvbwbtiVGWWWNVC1hM9guoUQ5xPP54nujY=");
  }

  @Test
  void isTheOneOfStandardWebhooks() {
    var headers =
        Signature.headers(
            Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330),
            "{\"test\": 2432232314}".getBytes(US_ASCII));
    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void isAnotherForEachTimestamp() {
    byte[] key = new byte[32];
    var first = Signature.headers(key, "a", Instant.ofEpochSecond(1), new byte[0]);
    var second = Signature.headers(key, "a", Instant.ofEpochSecond(2), new byte[0]);
    assertThat(first.get("webhook-signature")).isNotEqualTo(second.get("webhook-signature"));
  }
}
