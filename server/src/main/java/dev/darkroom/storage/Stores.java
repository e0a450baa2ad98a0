package dev.darkroom.storage;

import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Opens the store that a location names.
public final class Stores {

  private Stores() {}

  /// For a command beside a server.
  ///
  /// @param environment has the settings of `darkroom.s3`
  /// @throws org.springframework.boot.context.properties.bind.BindException where one of them is
  ///   wrong
  public static ObjectStore open(StoreLocation location, Environment environment)
      throws IOException {
    var s3 = Binder.get(environment).bindOrCreate("darkroom.s3", S3Settings.class);
    return open(location, s3, Clock.systemUTC());
  }

  static ObjectStore open(StoreLocation location, S3Settings s3, Clock clock) throws IOException {
    return switch (location) {
      case StoreLocation.Directory(var path) -> new DirectoryStore(path, clock);
      case StoreLocation.Bucket bucket -> {
        var store = new S3Store(bucket, s3, S3Timeouts.DEFAULT, clock);
        store.requireUsable();
        yield store;
      }
    };
  }
}
