package dev.darkroom.job;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a job waits or cannot go on, through a fault of the server's own.
sealed interface JobFailure extends Failure {

  @Override
  default int status() {
    return 500;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The database does not answer, or drops its connections; the job waits.
  record DatabaseOut() implements JobFailure {
    @Override
    public String type() {
      return "database.out";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }

    @Override
    public String message() {
      return "The server cannot reach its database, or its connections broke; it tries again by itself.";
    }
  }

  /// The database has no room to write; the job waits.
  record DatabaseFull() implements JobFailure {
    @Override
    public String type() {
      return "database.full";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }

    @Override
    public String message() {
      return "The disk of the server's database is full; ask its operator to make room.";
    }
  }

  /// The job waited for longer than it may.
  ///
  /// @param outage what was out at last
  record OutageTooLong(Duration waited, Failure outage) implements JobFailure {
    @Override
    public String type() {
      return "job.outage";
    }

    @Override
    public String message() {
      return "The server gave up after waiting for more than %s (%s): %s"
          .formatted(inWords(waited), outage.type(), outage.message());
    }

    private static String inWords(Duration time) {
      if (time.toHours() > 0) return time.toHours() + " h";
      return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
  }

  record ServerFault() implements JobFailure {
    @Override
    public String type() {
      return "job.internal-error";
    }

    @Override
    public String message() {
      return "The server failed at this again and again; its log says why, under the request_id.";
    }
  }
}
