package dev.darkroom.job;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a job cannot go on, through a fault of the server's own.
sealed interface JobFailure extends Failure {

  @Override
  default int status() {
    return 500;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  record OutageTooLong(Duration waited) implements JobFailure {
    @Override
    public String type() {
      return "job.outage";
    }

    @Override
    public String message() {
      return "Something that the server needs was out for more than %s and it gave up; ask its operator."
          .formatted(inWords(waited));
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
