package dev.darkroom.api;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a request is refused before anything looks at what it is about.
public sealed interface ApiFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements ApiFailure {
    TOKEN_MISSING(
        401, "token.missing", "Send an API token in the header api_token or as a Bearer token."),
    TOKEN_UNKNOWN(401, "token.unknown", "This API token is not known; check it for typing errors."),
    TOKEN_REVOKED(401, "token.revoked", "This API token was revoked; use another one."),
    TOKEN_EXPIRED(401, "token.expired", "This API token has expired; use another one."),
    TOKEN_READ_ONLY(
        403, "token.read-only", "This API token may only read; use one with the scope write."),
    TOKEN_NOT_ADMIN(403, "token.not-admin", "This needs an API token with the scope admin."),
    OTHER_ORIGIN(
        403,
        "request.other-origin",
        "Changes that a browser asks for with a session must come from this server's own pages; send an API token instead."),
    ORGANIZATION_SUSPENDED(
        403, "organization.suspended", "This organization is suspended; ask the operator why."),
    BODY_MISSING(400, "request.body-missing", "Send a JSON object as the request's body."),
    JSON_MALFORMED(
        400, "request.json-malformed", "The request's body is not JSON; send a JSON object."),
    JSON_TOO_COMPLEX(
        400,
        "request.json-too-complex",
        "The request's JSON is nested deeper than 64 levels, or holds a number of over 1000 digits; send plain fields."),
    FORM_MALFORMED(
        400,
        "request.form-malformed",
        "The request's body is no multipart/form-data of few parts; send it as the API describes."),
    UNKNOWN_PATH(
        404, "request.unknown-path", "There is nothing under this path; check its spelling."),
    INTERNAL(
        500,
        "server.internal-error",
        "The server made an error; tell its operator the request's id."),
    BUSY(
        503,
        "server.busy",
        "The server works on as many requests with images as it has memory for; try again in a moment."),
    UNAVAILABLE(
        503, "server.unavailable", "The server cannot reach its database; try again later.");

    private final int status;
    private final String type;
    private final String message;

    Plain(int status, String type, String message) {
      this.status = status;
      this.type = type;
      this.message = message;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String message() {
      return message;
    }

    @Override
    public Retry retry() {
      return this == UNAVAILABLE || this == BUSY ? Retry.LATER : Retry.NEVER;
    }
  }

  /// A field of the body is absent, null or blank, and must not be.
  record FieldMissing(String field) implements ApiFailure {
    @Override
    public String type() {
      return "request.field-missing";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The field %s is required.".formatted(field);
    }
  }

  /// A field of the body holds what it cannot hold.
  ///
  /// @param rule what it must be, such as `an integer`
  record FieldInvalid(String field, String rule) implements ApiFailure {
    @Override
    public String type() {
      return "request.field-invalid";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The field %s must be %s.".formatted(field, rule);
    }
  }

  /// A part of the path or of the query holds what it cannot hold.
  ///
  /// @param rule what it must be, such as `an integer`
  record ParameterInvalid(String parameter, String rule) implements ApiFailure {
    @Override
    public String type() {
      return "request.parameter-invalid";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The parameter %s must be %s.".formatted(parameter, rule);
    }
  }

  /// The body is larger than any that this endpoint has use for.
  record BodyTooLarge(long limitBytes, long actualBytes) implements ApiFailure {
    @Override
    public String type() {
      return "request.body-too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The request's body has %d bytes or more; at most %d are taken."
          .formatted(actualBytes, limitBytes);
    }

    @Override
    public Long limit() {
      return limitBytes;
    }

    @Override
    public Long actual() {
      return actualBytes;
    }
  }

  /// The body comes so slowly that it would hold its place for ever.
  record BodyTooSlow(long minBytesPerSecond, long bytes, Duration elapsed) implements ApiFailure {
    @Override
    public String type() {
      return "request.body-too-slow";
    }

    @Override
    public int status() {
      return 408;
    }

    @Override
    public String message() {
      return "Of the request's body %d bytes came in %d s; send at least %d a second."
          .formatted(bytes, elapsed.toSeconds(), minBytesPerSecond);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// HTTP itself refuses the request: its method, what it accepts, what it sends.
  record Refused(int status, String type, String message) implements ApiFailure {}
}
