package dev.darkroom.storage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Makes the SDK's clients as the settings say.
final class S3Clients {

  /// Every step of a job, every request that sends an image, holds one for as long as it reads.
  private static final int MAX_CONNECTIONS = 256;

  /// The first try and two more, within a second: an outage is waited out by whoever asked.
  private static final int TRIES = 3;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final S3Settings settings;

  S3Clients(S3Settings settings) {
    this.settings = settings;
  }

  S3Client client(S3Timeouts timeouts) {
    var http =
        Apache5HttpClient.builder()
            .connectionTimeout(timeouts.connect())
            .connectionAcquisitionTimeout(timeouts.connect())
            .socketTimeout(timeouts.idle())
            .maxConnections(MAX_CONNECTIONS);
    // Checksums and signed chunks, which the SDK sends unasked, are not understood by every store.
    var client =
        S3Client.builder()
            .httpClientBuilder(http)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(serviceConfiguration())
            .credentialsProvider(credentials())
            .overrideConfiguration(override ->
                override.apiCallAttemptTimeout(timeouts.attempt(0)).retryStrategy(fewRetries()));
    place(client);
    return client.build();
  }

  S3Presigner presigner() {
    var presigner =
        S3Presigner.builder()
            .credentialsProvider(credentials())
            .serviceConfiguration(serviceConfiguration());
    if (settings.endpoint() != null) presigner.endpointOverride(URI.create(settings.endpoint()));
    if (settings.region() != null) presigner.region(Region.of(settings.region()));
    return presigner.build();
  }

  private void place(AwsClientBuilder<?, ?> client) {
    if (settings.endpoint() != null) client.endpointOverride(URI.create(settings.endpoint()));
    if (settings.region() != null) client.region(Region.of(settings.region()));
  }

  private S3Configuration serviceConfiguration() {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(settings.pathStyle())
        .chunkedEncodingEnabled(false)
        .build();
  }

  private AwsCredentialsProvider credentials() {
    if (settings.accessKey() == null) return DefaultCredentialsProvider.builder().build();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(settings.accessKey(), requireNonNull(settings.secretKey())));
  }

  private static RetryStrategy fewRetries() {
    var pause = BackoffStrategy.exponentialDelay(SHORTEST_PAUSE, LONGEST_PAUSE);
    return StandardRetryStrategy.builder()
        .useClientDefaults(false)
        .maxAttempts(TRIES)
        .retryOnException(S3Fault::mayPassAtOnce)
        .treatAsThrottling(S3Fault::isThrottling)
        .backoffStrategy(pause)
        .throttlingBackoffStrategy(pause)
        .build();
  }
}
