package dev.darkroom.fetch;

/// What is wrong with the text of a URL. The sentences never repeat the text: it may hold a secret.
public enum UrlProblem {
  CONTROL_CHARACTER("The URL holds a control character or a line break; remove it."),
  NOT_HTTP("The URL must be absolute and begin with http:// or https://."),
  NO_HOST("The URL names no host; write http://host/path or https://host/path."),
  CREDENTIALS("The URL holds a user name or password before its host; use a signed URL instead."),
  BAD_HOST("The URL's host is not a host name or an IP address."),
  BAD_PORT("The URL's port is not a number from 1 to 65535."),
  BAD_CHARACTER(
      "The URL holds a space or another character that must be percent-encoded, such as %20.");

  private final String sentence;

  UrlProblem(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
