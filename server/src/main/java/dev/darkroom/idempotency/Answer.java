package dev.darkroom.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What a request was answered.
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
record Answer(int status, List<Header> headers, byte[] body) {

  static final String REPLAYED = "Idempotency-Replayed";

  record Header(String name, String value) {}

  Answer {
    headers = List.copyOf(headers);
  }

  /// Answers the same again, and says so.
  void replay(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    headers.forEach(header -> response.addHeader(header.name(), header.value()));
    response.setHeader(REPLAYED, "true");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(status);
      out.writeInt(headers.size());
      for (var header : headers) {
        out.writeUTF(header.name());
        out.writeUTF(header.value());
      }
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Answer of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int status = in.readInt();
      List<Header> headers = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(new Header(in.readUTF(), in.readUTF()));
      }
      return new Answer(status, headers, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
