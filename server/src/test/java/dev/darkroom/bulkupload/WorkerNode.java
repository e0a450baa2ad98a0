package dev.darkroom.bulkupload;

import dev.darkroom.Application;
import dev.darkroom.ChildJvm;
import dev.darkroom.TestServer;
import java.util.List;
import java.util.Map;

/// A node in a process of its own, on the database and the store of one in the test's process,
/// which only answers requests. It takes images from 64 pixels on.
public final class WorkerNode {

  private static final String SECRET = "a-master-key-of-the-tests-0123456789abcdef";

  /// What the node in the test's process is to be started with, beside its own.
  public static final Map<String, String> SHARED =
      Map.of(
          "darkroom.secret", SECRET,
          // It takes no other node for dead either.
          "db-scheduler.heartbeat-interval", "10m",
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.limits.min-dimension", "64");

  private WorkerNode() {}

  /// Starts one; it says `is ready`.
  ///
  /// @param name of its data folder, which it has to itself
  /// @param javaOptions such as `-Ddb-scheduler.heartbeat-interval=500ms`
  public static ChildJvm start(TestServer api, String name, String... javaOptions) {
    var options =
        "-Ddarkroom.limits.min-dimension=64 -Ddarkroom.secret=%s %s"
            .formatted(SECRET, String.join(" ", javaOptions));
    return ChildJvm.start(
        List.of("env", "JAVA_TOOL_OPTIONS=" + options),
        System.getProperty("java.class.path"),
        Application.class,
        "serve",
        "--port=0",
        "--data=" + api.data().resolve(name),
        "--store=" + api.data().resolve("objects"),
        "--database-url=" + api.database().url(),
        "--allow-address=127.0.0.1/32");
  }
}
