package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;

/// The body of a request as `multipart/form-data`. It is read here and not before, onto the disk,
/// from which it goes with the request.
public final class Form {

  /// More than a URL may have, or a name.
  private static final int MAX_TEXT_BYTES = 64 << 10;

  private final Collection<Part> parts;

  private Form(Collection<Part> parts) {
    this.parts = parts;
  }

  /// Reads the request's body.
  public static Form of(HttpServletRequest request) {
    try {
      return new Form(request.getParts());
    } catch (IOException | ServletException | IllegalStateException unreadable) {
      throw new FailureException(failure(unreadable.getCause()), unreadable);
    }
  }

  private static ApiFailure failure(@Nullable Throwable cause) {
    return cause instanceof SizeException size
        ? new ApiFailure.BodyTooLarge(size.getPermittedSize(), size.getActualSize())
        : ApiFailure.Plain.FORM_MALFORMED;
  }

  /// The part of this name, where there is one with any content or with the name of a file: a
  /// browser sends the fields that nobody has filled in, too.
  public Optional<Part> part(String field) {
    return parts.stream()
        .filter(part -> part.getName().equals(field))
        .filter(part -> part.getSize() > 0 || isNamed(part))
        .findFirst();
  }

  private static boolean isNamed(Part part) {
    @Nullable String file = part.getSubmittedFileName();
    return file != null && !file.isBlank();
  }

  /// The field's text, where it is there and not empty.
  public Optional<String> text(String field) {
    return part(field).map(part -> text(field, part));
  }

  private static String text(String field, Part part) {
    if (part.getSize() > MAX_TEXT_BYTES) {
      throw new FailureException(
          new ApiFailure.FieldInvalid(field, "of at most %d bytes".formatted(MAX_TEXT_BYTES)));
    }
    try (var bytes = part.getInputStream()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException lost) {
      throw new FailureException(ApiFailure.Plain.FORM_MALFORMED, lost);
    }
  }

  /// The field as a boolean, `true` or `false` in any case.
  public Optional<Boolean> flag(String field) {
    return text(field).map(text -> flag(field, text));
  }

  private static boolean flag(String field, String text) {
    boolean yes = text.equalsIgnoreCase("true");
    if (!yes && !text.equalsIgnoreCase("false")) {
      throw new FailureException(new ApiFailure.FieldInvalid(field, "true or false"));
    }
    return yes;
  }
}
