package dev.darkroom.idempotency;

import dev.darkroom.idempotency.Answer.Header;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A response that is held until it is remembered, so that nobody has an answer that a second
/// request would not get. One that grows too large is released, and is not remembered.
final class HeldResponse extends HttpServletResponseWrapper {

  static final int MAX_BYTES = 1 << 20;

  /// Of one connection, or said anew by whoever sends the answer again.
  private static final Set<String> NOT_KEPT =
      ignoringCase(
          Set.of("Connection", "Content-Length", "Date", "Keep-Alive", "Transfer-Encoding"));

  private final Set<String> before;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final Holding body = new Holding();
  private @Nullable PrintWriter writer;
  private boolean released;

  HeldResponse(HttpServletResponse response) {
    super(response);
    before = ignoringCase(response.getHeaderNames());
  }

  private static Set<String> ignoringCase(Iterable<String> names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.forEach(set::add);
    return set;
  }

  /// What was answered, where it is a success and held still. Headers that were there before, such
  /// as the request's id, are no part of it.
  Optional<Answer> answer() {
    if (writer != null) writer.flush();
    if (released || isCommitted() || getStatus() < 200 || getStatus() > 299)
      return Optional.empty();
    List<Header> headers = new ArrayList<>();
    @Nullable String contentType = getContentType();
    if (contentType != null) headers.add(new Header("Content-Type", contentType));
    for (var name : ignoringCase(getHeaderNames())) {
      if (name.equalsIgnoreCase("Content-Type")) continue;
      if (before.contains(name) || NOT_KEPT.contains(name)) continue;
      getHeaders(name).forEach(value -> headers.add(new Header(name, value)));
    }
    return Optional.of(new Answer(getStatus(), headers, held.toByteArray()));
  }

  /// Sends what is held; from then on everything goes out at once.
  void release() throws IOException {
    if (writer != null) writer.flush();
    if (released) return;
    released = true;
    if (held.size() > 0) held.writeTo(super.getOutputStream());
    held.reset();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return body;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer =
          new PrintWriter(new OutputStreamWriter(body, Charset.forName(getCharacterEncoding())));
    }
    return writer;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (released) super.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    held.reset();
  }

  @Override
  public void reset() {
    super.reset();
    held.reset();
  }

  private final class Holding extends ServletOutputStream {

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!released && held.size() + length > MAX_BYTES) release();
      if (released) {
        getResponse().getOutputStream().write(bytes, offset, length);
      } else {
        held.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (released) getResponse().getOutputStream().flush();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    /// Nothing here writes without blocking.
    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("the answer to a request with an Idempotency-Key blocks");
    }
  }
}
