package dev.darkroom.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Sends bytes to the server by tus 1.0, on from where an earlier command was ended. A network that
/// breaks, and a server that is restarted, are waited for.
///
/// The bytes go in pieces, each of which is to take a few seconds: a piece has a time limit, so
/// that a connection that hangs is noticed, and some proxies bound a request's body.
final class DirectUpload {

  private static final String PATH = "/uploads";
  private static final String VERSION = "1.0.0";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PIECE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final long SMALLEST_PIECE = 1 << 20;
  private static final long FIRST_PIECE = 4 << 20;
  private static final long LARGEST_PIECE = 64 << 20;

  /// What may be over in a moment.
  private static final class PassingException extends Exception {
    private static final long serialVersionUID = 1;

    PassingException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The server knows nothing of the upload any more.
  private static final class GoneException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final Darkroom darkroom;
  private final Content content;
  private final Remembered remembered;
  private final TransferDisplay display;
  private final Pacing pacing;
  private final Patience patience;
  private long pieceBytes = FIRST_PIECE;
  private long known;
  private boolean renewed;

  DirectUpload(
      Darkroom darkroom, Content content, Remembered remembered, Surroundings surroundings) {
    this.darkroom = darkroom;
    this.content = content;
    this.remembered = remembered;
    this.display = new TransferDisplay("sending", surroundings);
    this.pacing = surroundings.pacing();
    this.patience = new Patience(pacing);
  }

  /// The id of the upload that holds all of the content.
  long send() throws IOException {
    OptionalLong upload = remembered.upload();
    while (true) {
      try {
        if (upload.isEmpty()) {
          upload = OptionalLong.of(create());
          remembered.keep(upload.getAsLong());
        }
        sendRest(upload.getAsLong());
        display.clear();
        return upload.getAsLong();
      } catch (GoneException _) {
        if (renewed) {
          throw new CommandFailure.Unexpected("The server drops what it is sent, twice.", null);
        }
        renewed = true;
        display.note("The server has dropped what was sent before; sending all of it anew.");
        remembered.forget();
        upload = OptionalLong.empty();
        known = 0;
      } catch (PassingException problem) {
        waitOut(problem);
      }
    }
  }

  private void sendRest(long upload) throws IOException, PassingException, GoneException {
    long offset = offsetOf(upload);
    if (offset > known) patience.progressed();
    if (offset > 0 && known == 0) {
      display.note("Going on where it was: %s are there.".formatted(Human.bytes(offset)));
    }
    known = offset;
    display.show(offset, content.length());
    while (offset < content.length()) {
      offset = sendPiece(upload, offset);
      known = offset;
      patience.progressed();
    }
  }

  private long create() throws PassingException {
    var request =
        HttpRequest.newBuilder(darkroom.url(PATH))
            .header("Upload-Length", String.valueOf(content.length()))
            .header("Upload-Metadata", "filename " + base64(content.name()))
            .POST(BodyPublishers.noBody());
    var answer = exchange(request, ANSWER_TIMEOUT);
    if (answer.statusCode() != 201) throw refused(answer);
    return idIn(header(answer, "Location"));
  }

  /// Only the id is taken from the address: the token goes to the server that was named, wherever
  /// the address may lead.
  private static long idIn(String location) {
    String id = location.substring(location.lastIndexOf('/') + 1);
    if (id.matches("[0-9]{1,18}")) return Long.parseLong(id);
    throw new CommandFailure.Unexpected(
        "The server gave the upload no id. Is that a Darkroom server?", null);
  }

  private long offsetOf(long upload) throws PassingException, GoneException {
    var request = HttpRequest.newBuilder(url(upload)).HEAD();
    var answer = existing(exchange(request, ANSWER_TIMEOUT));
    if (answer.statusCode() / 100 != 2) throw refused(answer);
    return offsetIn(answer);
  }

  /// Gives the offset after it.
  private long sendPiece(long upload, long offset)
      throws IOException, PassingException, GoneException {
    long length = Math.min(pieceBytes, content.length() - offset);
    Duration began = pacing.elapsed();
    try (var piece =
        new ContentPiece(
            content.opening().from(offset),
            length,
            taken -> display.show(offset + taken, content.length()))) {
      var answer = patch(upload, offset, piece, length);
      if (answer.statusCode() / 100 != 2) throw refused(answer);
      adapt(pacing.elapsed().minus(began));
      return offsetIn(answer);
    }
  }

  private HttpResponse<String> patch(long upload, long offset, ContentPiece piece, long length)
      throws IOException, PassingException, GoneException {
    var body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> piece), length);
    var request =
        HttpRequest.newBuilder(url(upload))
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", String.valueOf(offset))
            .method("PATCH", body);
    try {
      return existing(exchange(request, PIECE_TIMEOUT));
    } catch (PassingException problem) {
      var unreadable = piece.failure();
      if (unreadable != null) throw unreadable;
      pieceBytes = Math.max(pieceBytes / 2, SMALLEST_PIECE);
      throw problem;
    }
  }

  private void adapt(Duration took) {
    if (took.compareTo(QUICK) < 0) pieceBytes = Math.min(pieceBytes * 2, LARGEST_PIECE);
    if (took.compareTo(SLOW) > 0) pieceBytes = Math.max(pieceBytes / 2, SMALLEST_PIECE);
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request, Duration timeout)
      throws PassingException {
    HttpResponse<String> answer;
    try {
      answer = darkroom.exchange(request.header("Tus-Resumable", VERSION), timeout);
    } catch (IOException e) {
      throw new PassingException("The server cannot be reached", e);
    }
    // 408: the bytes came too slowly, 409: the offset is another one by now, 423: an earlier
    // request is still worked on.
    return switch (answer.statusCode()) {
      case 408, 409, 423, 429, 500, 502, 503, 504 -> throw passing(refused(answer));
      default -> answer;
    };
  }

  /// Uploads that lie unused stay for hours, unless somebody ends them: to wait is of no use.
  private static PassingException passing(CommandFailure.Refused refused) {
    if (refused.isOf("staged-upload.too-many-open")) throw refused;
    String message = String.valueOf(refused.getMessage());
    return new PassingException(message.replaceFirst("\\.$", ""), refused);
  }

  private static HttpResponse<String> existing(HttpResponse<String> answer) throws GoneException {
    if (answer.statusCode() == 404 || answer.statusCode() == 410) throw new GoneException();
    return answer;
  }

  private void waitOut(PassingException problem) {
    if (patience.isOver()) {
      display.clear();
      throw new CommandFailure.Interrupted(problem.getMessage() + ".", percent(), problem);
    }
    long seconds = patience.next().toSeconds();
    display.note(
        "%s; at %d %%, trying again in %d s."
            .formatted(Printable.of(String.valueOf(problem.getMessage())), percent(), seconds));
    patience.rest();
  }

  private int percent() {
    return new TransferLine("", known, content.length(), 0).percent();
  }

  private URI url(long upload) {
    return darkroom.url(PATH + "/" + upload);
  }

  private long offsetIn(HttpResponse<String> answer) {
    String offset = header(answer, "Upload-Offset");
    if (offset.matches("[0-9]{1,18}") && Long.parseLong(offset) <= content.length()) {
      return Long.parseLong(offset);
    }
    throw new CommandFailure.Unexpected("The server tells no offset of the upload.", null);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static CommandFailure.Refused refused(HttpResponse<String> answer) {
    return new CommandFailure.Refused(Reply.of(answer));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
