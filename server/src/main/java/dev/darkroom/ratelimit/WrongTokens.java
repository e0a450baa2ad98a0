package dev.darkroom.ratelimit;

import dev.darkroom.api.TokenGuard;
import dev.darkroom.failure.FailureException;
import dev.darkroom.ratelimit.RateLimitFailure.TooManyWrongTokens;
import dev.darkroom.ratelimit.SharedBuckets.Taken;
import org.springframework.stereotype.Component;

/// Keeps tokens from being guessed: an address may send so many wrong ones in a minute. After that
/// a token that could be a guess is not looked up any more, be it right or wrong.
///
/// Nobody hits upon a long token by trying, and those that are made here are long. It is let in
/// whatever came from its address, so that a stranger cannot shut out all who share an address with
/// him.
@Component
final class WrongTokens implements TokenGuard {

  /// From this length on a token is taken for a random one.
  private static final int LONG = 32;

  private final SharedBuckets buckets;
  private final RateLimitSettings settings;

  WrongTokens(SharedBuckets buckets, RateLimitSettings settings) {
    this.buckets = buckets;
    this.settings = settings;
  }

  @Override
  public void beforeLookUp(String address, String token) {
    if (!settings.enabled() || token.length() >= LONG) return;
    require(buckets.look(bucket(address), settings.wrongTokensPerMinute()));
  }

  @Override
  public void wasWrong(String address) {
    if (!settings.enabled()) return;
    require(buckets.take(bucket(address), settings.wrongTokensPerMinute()));
  }

  private static String bucket(String address) {
    return "wrong-tokens/" + ClientNetwork.of(address);
  }

  private void require(Taken taken) {
    if (!taken.granted()) {
      throw new FailureException(
          new TooManyWrongTokens(settings.wrongTokensPerMinute(), taken.pause()));
    }
  }
}
