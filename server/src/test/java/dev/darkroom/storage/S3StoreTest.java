package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract, on a real S3 server.
class S3StoreTest extends ObjectStoreContract {

  private static final StoreLocation.Bucket FOLDER = new StoreLocation.Bucket("images", "darkroom");

  private static S3Server server;
  private S3Store store;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    store = new S3Store(FOLDER, server.settings(), S3Timeouts.DEFAULT, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
    for (var key : server.keys()) {
      server.client().deleteObject(delete -> delete.bucket(server.bucket()).key(key));
    }
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void leavesNoUnfinishedUpload() throws IOException {
    assertThat(server.unfinishedUploads()).isEmpty();
  }
}
