package dev.darkroom.idempotency;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// A request that is worked on under a claim, and what it is answered.
final class Exchange {

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private final UUID claim;
  private final DigestedRequest request;
  private final HeldResponse response;
  private final IdempotentRequests requests;
  private final RunningClaims running;

  Exchange(
      UUID claim,
      DigestedRequest request,
      HeldResponse response,
      IdempotentRequests requests,
      RunningClaims running) {
    this.claim = claim;
    this.request = request;
    this.response = response;
    this.requests = requests;
    this.running = running;
    running.add(claim);
  }

  DigestedRequest request() {
    return request;
  }

  HeldResponse response() {
    return response;
  }

  /// Remembers a success, forgets all else, and only then sends the answer.
  void end() throws IOException {
    settle();
    response.release();
  }

  /// Forgets the request, which nobody answers any more.
  void abandon() {
    running.remove(claim);
    try {
      requests.free(claim);
    } catch (DataAccessException databaseOut) {
      log.warn("a request's claim is left to lapse: {}", databaseOut.toString());
    }
  }

  /// What was done is done: where that cannot be noted, the client has its answer all the same.
  private void settle() {
    var answer = response.answer();
    var digest = answer.isEmpty() ? Optional.<String>empty() : digest();
    if (answer.isEmpty() || digest.isEmpty()) {
      abandon();
      return;
    }
    running.remove(claim);
    try {
      requests.remember(claim, digest.get(), answer.get());
    } catch (DataAccessException databaseOut) {
      log.warn("an answer is not remembered under its key: {}", databaseOut.toString());
    }
  }

  private Optional<String> digest() {
    try {
      return request.digest();
    } catch (IOException | ServletException gone) {
      log.info("the rest of a request's body did not come: {}", gone.toString());
      return Optional.empty();
    }
  }
}
