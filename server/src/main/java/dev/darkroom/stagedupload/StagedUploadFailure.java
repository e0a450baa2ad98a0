package dev.darkroom.stagedupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Instant;

/// Why bytes are not taken, or an upload that is staged cannot be used.
public sealed interface StagedUploadFailure extends Failure {

  /// What most of them are: the request asks for what cannot be.
  @Override
  default int status() {
    return 400;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements StagedUploadFailure {
    VERSION_UNSUPPORTED(
        412,
        "staged-upload.version-unsupported",
        "Send Tus-Resumable: 1.0.0, the one version of the protocol that this server speaks."),
    LENGTH_DEFERRED(
        400,
        "staged-upload.length-deferred",
        "Upload-Defer-Length is not supported; send the length of the ZIP as Upload-Length."),
    CHECKSUM_MISMATCH(
        460,
        "staged-upload.checksum-mismatch",
        "The bytes that came have another checksum than Upload-Checksum says; nothing of them is kept: send them once more."),
    TOOK_TOO_LONG(
        503,
        "staged-upload.took-too-long",
        "The bytes were an hour on their way into the store; send them again.");

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
      return this == TOOK_TOO_LONG ? Retry.LATER : Retry.NEVER;
    }
  }

  record NotFound(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no upload %d; begin one at /uploads.".formatted(id);
    }
  }

  record Expired(long id, Instant at) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.expired";
    }

    @Override
    public int status() {
      return 410;
    }

    @Override
    public String message() {
      return "Upload %d expired at %s; upload the ZIP once more.".formatted(id, at);
    }
  }

  record Incomplete(long id, long length, long offset) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.incomplete";
    }

    @Override
    public String message() {
      return "Of upload %d only %,d of %,d bytes have come; send the rest first."
          .formatted(id, offset, length);
    }

    @Override
    public Long limit() {
      return length;
    }

    @Override
    public Long actual() {
      return offset;
    }
  }

  record AlreadyUsed(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.already-used";
    }

    @Override
    public String message() {
      return "Upload %d has been used by a bulk upload, and each is good for one; upload the ZIP once more."
          .formatted(id);
    }
  }

  record NotAZip(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.not-a-zip";
    }

    @Override
    public String message() {
      return "What came as upload %d is plainly no ZIP: it is empty, or begins as a web page or JSON does; upload the ZIP file itself."
          .formatted(id);
    }
  }

  record InUse(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.in-use";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "A bulk upload reads upload %d; cancel that one first, or leave this to its end."
          .formatted(id);
    }
  }

  record Gone(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.gone";
    }

    @Override
    public int status() {
      return 424;
    }

    @Override
    public String message() {
      return "Upload %d was used up, terminated or expired before it was read to its end; upload the ZIP once more."
          .formatted(id);
    }
  }

  /// A header of the protocol is absent, or holds what it cannot hold.
  ///
  /// @param rule what it must be, such as `a number of bytes`
  record HeaderInvalid(String header, String rule) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.header-invalid";
    }

    @Override
    public String message() {
      return "The header %s must be %s.".formatted(header, rule);
    }
  }

  record WrongOffset(long id, long offset, long sent) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.wrong-offset";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Upload %d has %,d bytes and goes on there, not at %,d; send what comes after Upload-Offset."
          .formatted(id, offset, sent);
    }
  }

  record TakenOver(long id) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.taken-over";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Another request goes on with upload %d, so that this one is over; ask for its offset before you send more."
          .formatted(id);
    }
  }

  record ChecksumUnknown(String algorithm) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.checksum-unknown";
    }

    @Override
    public String message() {
      return "Upload-Checksum names %s; send sha1, sha256 or sha512 and the digest in base64."
          .formatted(algorithm);
    }
  }

  record CheckedTooLarge(long allowedBytes, long bytes) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.checked-too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "A request with Upload-Checksum may bring %,d bytes, and this one has %,d or more; send the ZIP in several."
          .formatted(allowedBytes, bytes);
    }

    @Override
    public Long limit() {
      return allowedBytes;
    }

    @Override
    public Long actual() {
      return bytes;
    }
  }

  record TooLong(long length, long bytes) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.too-long";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "Upload-Length said %,d bytes, and this request brings it to %,d or more; begin an upload with the right length."
          .formatted(length, bytes);
    }

    @Override
    public Long limit() {
      return length;
    }

    @Override
    public Long actual() {
      return bytes;
    }
  }

  record TooManyPieces(int allowed, int found) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.too-many-pieces";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The upload came in %,d pieces; at most %,d are taken: begin it anew, and send more bytes with each request."
          .formatted(found, allowed);
    }

    @Override
    public Long limit() {
      return (long) allowed;
    }

    @Override
    public Long actual() {
      return (long) found;
    }
  }

  record TooManyOpen(int allowed, int found) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.too-many-open";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "This would be upload %d of your organization that lies here; at most %d may: use or terminate some of those that GET /uploads lists."
          .formatted(found, allowed);
    }

    @Override
    public Long limit() {
      return (long) allowed;
    }

    @Override
    public Long actual() {
      return (long) found;
    }
  }

  record TooManyAtOnce(int allowed) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.too-many-at-once";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "Your organization sends %d uploads at once already; wait for the end of one."
          .formatted(allowed);
    }

    @Override
    public Long limit() {
      return (long) allowed;
    }

    @Override
    public Long actual() {
      return allowed + 1L;
    }
  }

  record TooSlow(long bytesPerSecond, long bytes, long seconds) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.too-slow";
    }

    @Override
    public int status() {
      return 408;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "Only %,d bytes came in %d s, and at least %,d a second are waited for; what came is kept: go on after Upload-Offset."
          .formatted(bytes, seconds, bytesPerSecond);
    }
  }

  record ServerStopping(long id, long offset) implements StagedUploadFailure {
    @Override
    public String type() {
      return "staged-upload.server-stopping";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "The server stops; %,d bytes of upload %d are kept: go on there with another one, or when it is back."
          .formatted(offset, id);
    }
  }

  /// Images and staged uploads together would be more than the organization may have.
  record OverQuota(Long limit, Long actual) implements StagedUploadFailure {
    @Override
    public String type() {
      return "quota.storage-exceeded";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String message() {
      return "The images and staged uploads of this organization would have %,d bytes, and its quota is %,d; delete some (GET /uploads lists the uploads), or ask the operator for more."
          .formatted(actual, limit);
    }
  }
}
