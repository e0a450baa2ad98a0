package dev.darkroom.stagedupload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/// A PATCH whose bytes are sent as the test likes, on a connection that it can break.
final class RawUpload implements AutoCloseable {

  private final Socket socket;

  private RawUpload(Socket socket) {
    this.socket = socket;
  }

  /// @param length of the body, as it declares
  static RawUpload begin(URI server, String path, long offset, long length) throws IOException {
    return begin(server, path, offset, "Content-Length: " + length);
  }

  /// @param header how the body ends, and whatever else
  static RawUpload begin(URI server, String path, long offset, String header) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    var upload = new RawUpload(socket);
    upload.send(
        """
        PATCH %s HTTP/1.1
        Host: localhost
        api_token: %s
        Tus-Resumable: 1.0.0
        Upload-Offset: %d
        Content-Type: application/offset+octet-stream
        %s

        """
            .formatted(path, TestServer.TOKEN, offset, header)
            .replace("\n", "\r\n")
            .getBytes(ISO_8859_1));
    return upload;
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void send(byte[] all, int from, int to) throws IOException {
    socket.getOutputStream().write(all, from, to - from);
    socket.getOutputStream().flush();
  }

  /// As where the line is cut: what was sent arrives, and nothing more.
  void cut() throws IOException {
    socket.shutdownOutput();
  }

  boolean isAnswered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /// All that the server says until it closes the connection.
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
