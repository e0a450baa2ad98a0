package dev.darkroom.database;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.nio.file.Path;

/// Why there is no database to work on. Each ends the start of the program.
public sealed interface DatabaseFailure extends Failure {

  @Override
  default int status() {
    return 500;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// Another process holds the data directory.
  record DirectoryInUse(Path data, String holder) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.directory-in-use";
    }

    @Override
    public String message() {
      return "Another Darkroom process (%s) is using the data directory %s; stop it, or choose another directory with --data."
          .formatted(holder, data);
    }
  }

  /// The data directory cannot be read or written.
  record DirectoryUnusable(Path path, String reason) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.directory-unusable";
    }

    @Override
    public String message() {
      return "The data directory cannot be used: %s: %s.".formatted(path, reason);
    }
  }

  /// The cluster was made by another major version, whose files this one does not read.
  record OtherMajorVersion(Path cluster, String found, int expected) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.other-major-version";
    }

    @Override
    public String message() {
      return "The database in %s was made by PostgreSQL %s, and this Darkroom brings PostgreSQL %d; dump it with PostgreSQL %s and restore it into a new data directory, or name a server with --database-url."
          .formatted(cluster, found, expected, found);
    }
  }

  /// No PostgreSQL is packaged for this operating system and processor.
  record PlatformUnsupported(String platform) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.platform-unsupported";
    }

    @Override
    public String message() {
      return "No embedded PostgreSQL is packaged for %s; name a server with --database-url."
          .formatted(platform);
    }
  }

  /// PostgreSQL refuses to run as root, and no way to run it as somebody else works here.
  record RootRefused() implements DatabaseFailure {
    @Override
    public String type() {
      return "database.root-refused";
    }

    @Override
    public String message() {
      return "PostgreSQL refuses to run as root, and neither unshare -U nor setpriv works here; run Darkroom as an ordinary user, or name a server with --database-url.";
    }
  }

  /// Root runs PostgreSQL as another user, who may not enter the data directory.
  ///
  /// @param directory the outermost that is closed to that user
  record DirectoryClosed(Path directory, int user) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.directory-closed";
    }

    @Override
    public String message() {
      return "PostgreSQL refuses to run as root, so that it runs as the user %d here, who may not enter %s; choose a data directory elsewhere with --data, or open this one with chmod o+x."
          .formatted(user, directory);
    }
  }

  /// A program of the embedded PostgreSQL ended with an error, or never answered.
  record StartFailed(String program, String reason, Path log) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.start-failed";
    }

    @Override
    public String message() {
      return "The embedded PostgreSQL did not start: %s: %s (see %s)."
          .formatted(program, reason, log);
    }
  }

  /// The text is not the URL of a PostgreSQL database. The text itself may hold a password.
  record UrlInvalid(String reason) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.url-invalid";
    }

    @Override
    public String message() {
      return "--database-url %s; write postgresql://user:password@host:5432/database or jdbc:postgresql://host:5432/database?user=..."
          .formatted(reason);
    }
  }

  /// The named database did not let us in.
  record Unreachable(String reason) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.unreachable";
    }

    @Override
    public String message() {
      return "The database of --database-url cannot be used: %s".formatted(reason);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// The named server is older than the SQL that we write.
  record TooOld(int found, int oldest) implements DatabaseFailure {
    @Override
    public String type() {
      return "database.too-old";
    }

    @Override
    public String message() {
      return "The server of --database-url is PostgreSQL %d; Darkroom needs %d or newer."
          .formatted(found, oldest);
    }

    @Override
    public Long limit() {
      return (long) oldest;
    }

    @Override
    public Long actual() {
      return (long) found;
    }
  }
}
