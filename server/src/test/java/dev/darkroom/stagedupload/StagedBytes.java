package dev.darkroom.stagedupload;

import dev.darkroom.TestServer;
import dev.darkroom.archive.RangeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a server has of an upload that is complete.
final class StagedBytes {

  private StagedBytes() {}

  static byte[] of(TestServer server, long id) {
    RangeSource archive = server.bean(StagedUploads.class).open(id);
    try (InputStream bytes = archive.open(0, archive.length())) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(TestServer server, long id) {
    RangeSource archive = server.bean(StagedUploads.class).open(id);
    try (InputStream bytes = archive.open(0, archive.length())) {
      return sha256(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(InputStream bytes) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
