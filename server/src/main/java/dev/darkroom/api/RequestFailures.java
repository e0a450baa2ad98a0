package dev.darkroom.api;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/// Tells what failed from the exception that a request ended with. Failures of the server's own are
/// logged, and told to nobody else.
public final class RequestFailures {

  private static final Logger LOG = LoggerFactory.getLogger(RequestFailures.class);

  private RequestFailures() {}

  /// What is out is out for every request: one line of each is enough.
  public static void log(Failure failure, HttpServletRequest request, Exception exception) {
    if (failure.status() == 503) {
      LOG.warn(
          "{} {} failed: {}: {}",
          request.getMethod(),
          request.getRequestURI(),
          failure.type(),
          NestedExceptionUtils.getMostSpecificCause(exception).toString());
    } else if (failure.status() >= 500) {
      LOG.error(
          "{} {} failed: {}",
          request.getMethod(),
          request.getRequestURI(),
          failure.type(),
          exception);
    }
  }

  public static Failure of(Throwable exception) {
    return switch (exception) {
      case FailureException e -> e.failure();
      case HttpMessageNotReadableException e -> ofBody(e.getCause());
      case MethodArgumentTypeMismatchException e ->
          new ApiFailure.ParameterInvalid(e.getName(), rule(e.getRequiredType()));
      case MissingServletRequestParameterException e ->
          new ApiFailure.ParameterInvalid(e.getParameterName(), "there");
      case NoResourceFoundException _ -> ApiFailure.Plain.UNKNOWN_PATH;
      case HttpRequestMethodNotSupportedException e ->
          refused(405, "This path does not take the method %s.".formatted(e.getMethod()));
      case HttpMediaTypeNotAcceptableException e -> refused(406, accepted(e));
      case HttpMediaTypeNotSupportedException _ ->
          refused(415, "Send the body as application/json, and say so in Content-Type.");
      case DataAccessResourceFailureException _,
          RecoverableDataAccessException _,
          TransientDataAccessException _,
          CannotCreateTransactionException _,
          TransactionSystemException _ ->
          ApiFailure.Plain.UNAVAILABLE;
      case ErrorResponse e -> ofStatus(e.getStatusCode().value());
      default -> ApiFailure.Plain.INTERNAL;
    };
  }

  private static String accepted(HttpMediaTypeNotAcceptableException exception) {
    var types =
        exception.getSupportedMediaTypes().stream()
            .map(MediaType::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" or "));
    return "This path answers with %s; accept that."
        .formatted(types.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : types);
  }

  /// What failed where nothing is known but the status.
  static Failure ofStatus(int status) {
    return switch (status) {
      case 400 -> refused(400, "The request is malformed; check its path, headers and body.");
      case 404 -> ApiFailure.Plain.UNKNOWN_PATH;
      case 405 -> refused(405, "This path does not take this method.");
      case 408 -> refused(408, "Nothing more of the request's body came in time; send it again.");
      case 503 -> ApiFailure.Plain.UNAVAILABLE;
      default ->
          status >= 400 && status < 500
              ? refused(status, "The request is refused with HTTP status %d.".formatted(status))
              : ApiFailure.Plain.INTERNAL;
    };
  }

  private static ApiFailure refused(int status, String message) {
    var type =
        switch (status) {
          case 405 -> "request.method-not-allowed";
          case 406 -> "request.not-acceptable";
          case 408 -> "request.timed-out";
          case 415 -> "request.media-type-not-supported";
          default -> "request.refused";
        };
    return new ApiFailure.Refused(status, type, message);
  }

  private static Failure ofBody(@Nullable Throwable cause) {
    for (var inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof FailureException e) {
        return e.failure();
      }
    }
    return switch (cause) {
      case null -> ApiFailure.Plain.BODY_MISSING;
      case MismatchedInputException e when e.getPath().isEmpty() -> ApiFailure.Plain.BODY_MISSING;
      case InvalidFormatException e when e.getTargetType() == String.class ->
          new ApiFailure.FieldInvalid(name(e.getPath()), "free of NUL characters");
      case MismatchedInputException e ->
          new ApiFailure.FieldInvalid(name(e.getPath()), rule(e.getTargetType()));
      case InputCoercionException e when !e.getPath().isEmpty() ->
          new ApiFailure.FieldInvalid(name(e.getPath()), rule(e.getTargetType()));
      case StreamConstraintsException _ -> ApiFailure.Plain.JSON_TOO_COMPLEX;
      case JacksonException _ -> ApiFailure.Plain.JSON_MALFORMED;
      default -> ofStatus(400);
    };
  }

  private static String name(List<Reference> path) {
    var name = new StringBuilder();
    for (var step : path) {
      if (step.getPropertyName() == null) {
        name.append('[').append(step.getIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return name.toString();
  }

  private static String rule(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return switch (type.getSimpleName()) {
      case "Long", "long", "Integer", "int" -> "an integer";
      case "Boolean", "boolean" -> "true or false";
      case "String" -> "a string";
      default -> "of another type";
    };
  }
}
