package dev.darkroom.onnx;

/// The files hold no model that can be converted. The message is a clause that says where and why.
public final class MalformedModelException extends Exception {

  MalformedModelException(String message) {
    super(message);
  }

  MalformedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
