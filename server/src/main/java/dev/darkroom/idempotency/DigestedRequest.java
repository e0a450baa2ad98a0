package dev.darkroom.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// A request whose body is digested as it is read, and so is never held, after the headers that say
/// what is made. Of a multipart body the parts are digested, since Tomcat itself reads it, into
/// files; what separates them may change from one try to the next.
final class DigestedRequest extends HttpServletRequestWrapper {

  /// As many bytes as any request has use for.
  static final long MAX_BYTES = 64L << 20;

  /// By these an upload is begun (tus 1.0.0, creation), whose body is the same for all: empty.
  private static final List<String> SAYING_WHAT_IS_MADE =
      List.of("Upload-Length", "Upload-Metadata");

  private final Mac mac;
  private @Nullable ServletInputStream body;
  private @Nullable BufferedReader reader;
  private long digested;
  private boolean hasParts;

  DigestedRequest(HttpServletRequest request, Mac mac) {
    super(request);
    this.mac = mac;
    SAYING_WHAT_IS_MADE.forEach(this::digestHeader);
  }

  private void digestHeader(String name) {
    @Nullable String value = getHeader(name);
    if (value == null) return;
    Digests.add(mac, name);
    Digests.add(mac, value);
  }

  /// The digest of the whole body, whose rest is read here; none where it is larger than any
  /// request has use for.
  Optional<String> digest() throws IOException, ServletException {
    if (isMultipart()) {
      try {
        var _ = getParts();
      } catch (IllegalStateException _) {
        return Optional.empty();
      }
    } else {
      drain();
    }
    return digested > MAX_BYTES ? Optional.empty() : Optional.of(Digests.text(mac));
  }

  private boolean isMultipart() {
    return Objects.requireNonNullElse(getContentType(), "").startsWith("multipart/");
  }

  private void drain() throws IOException {
    var rest = getInputStream();
    var buffer = new byte[1 << 13];
    while (digested <= MAX_BYTES && rest.read(buffer) >= 0) {}
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) body = new Digested(super.getInputStream());
    return body;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      @Nullable String encoding = getCharacterEncoding();
      var charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
      reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }
    return reader;
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    var parts = super.getParts();
    if (!hasParts) {
      hasParts = true;
      for (var part : parts) digest(part);
    }
    return parts;
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    var _ = getParts();
    return super.getPart(name);
  }

  private void digest(Part part) throws IOException {
    Digests.add(mac, part.getName());
    Digests.add(mac, Objects.requireNonNullElse(part.getSubmittedFileName(), ""));
    Digests.add(mac, Objects.requireNonNullElse(part.getContentType(), ""));
    Digests.add(mac, Long.toString(part.getSize()));
    try (InputStream bytes = new Digested(part.getInputStream())) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
  }

  private final class Digested extends ServletInputStream {

    private final InputStream source;

    Digested(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int got = source.read(bytes, offset, length);
      if (got > 0) {
        mac.update(bytes, offset, got);
        digested += got;
      }
      return got;
    }

    @Override
    public int available() throws IOException {
      return source.available();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }

    @Override
    public boolean isFinished() {
      return source instanceof ServletInputStream stream && stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return !(source instanceof ServletInputStream stream) || stream.isReady();
    }

    /// Nothing here reads without blocking.
    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body of a request with an Idempotency-Key blocks");
    }
  }
}
