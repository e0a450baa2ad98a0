package dev.darkroom.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the S3 store is reached whose bucket `darkroom.store` names.
///
/// @param endpoint the store's address, such as `http://127.0.0.1:9000`; Amazon's without one
/// @param region the store's region; with an endpoint `us-east-1` unless another is named, else
///   what the SDK finds in the environment
/// @param accessKey what the store knows us by; without it the SDK's own places are looked at
/// @param secretKey what belongs to it
/// @param pathStyle whether the bucket is named in the path and not in the host; so where there is
///   an endpoint, unless it is said otherwise
/// @param redirect whether image links lead on to the store, in place of answers of our own
@ConfigurationProperties("darkroom.s3")
record S3Settings(
    @Nullable String endpoint,
    @Nullable String region,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @Nullable Boolean pathStyle,
    @DefaultValue("false") boolean redirect) {

  private static final Pattern ANY_REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern AMAZON_REGION = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+");
  private static final String REGION_WITH_ENDPOINT = "us-east-1";

  S3Settings {
    endpoint = textOrNull(endpoint);
    region = textOrNull(region);
    accessKey = textOrNull(accessKey);
    secretKey = textOrNull(secretKey);
    if (endpoint != null) requireAddress(endpoint);
    if (region != null) requireRegion(region, endpoint != null);
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException(
          "darkroom.s3.%s is set and darkroom.s3.%s is not; set both, or neither"
              .formatted(
                  accessKey == null ? "secret-key" : "access-key",
                  accessKey == null ? "access-key" : "secret-key"));
    }
    if (endpoint != null && region == null) region = REGION_WITH_ENDPOINT;
    if (pathStyle == null) pathStyle = endpoint != null;
  }

  private static @Nullable String textOrNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static void requireAddress(String endpoint) {
    try {
      var address = new URI(endpoint);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web && address.getHost() != null && isPlain(address)) return;
    } catch (URISyntaxException _) {
      // Falls through to the one answer for all that is not such an address.
    }
    // Without the text itself, which may hold a password.
    throw new IllegalArgumentException(
        "darkroom.s3.endpoint is not an address such as https://s3.example.com, without user, query or fragment");
  }

  private static boolean isPlain(URI address) {
    return address.getUserInfo() == null
        && address.getQuery() == null
        && address.getFragment() == null;
  }

  private static void requireRegion(String region, boolean hasEndpoint) {
    if (!(hasEndpoint ? ANY_REGION : AMAZON_REGION).matcher(region).matches()) {
      throw new IllegalArgumentException(
          "darkroom.s3.region is %s; without darkroom.s3.endpoint it is one of Amazon's, such as eu-central-1"
              .formatted(region));
    }
  }

  /// Where the store is, for people.
  String place() {
    if (endpoint != null) return endpoint;
    return region == null ? "Amazon S3" : "Amazon S3 in " + region;
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "S3Settings[%s, %s, path style %s, redirect %s]"
        .formatted(endpoint, region, pathStyle, redirect);
  }
}
