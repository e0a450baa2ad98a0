package dev.darkroom.stagedupload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;

/// A client in a process of its own, to be killed: asks how far the upload has come, sends the rest
/// of the file in one request, and begins anew where that ends early, as long as there is a server.
/// It says each megabyte that it has got past.
final class UploadingClient {

  private static final int MEGABYTE = 1 << 20;

  private UploadingClient() {}

  /// Sends until all is there.
  ///
  /// @param arguments the port, the path of the upload, the file
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    try (var file = new RandomAccessFile(arguments[2], "r")) {
      while (!isSent(port, arguments[1], file)) {}
    } catch (ConnectException gone) {
      System.out.println("there is no server: " + gone);
    }
  }

  private static boolean isSent(int port, String path, RandomAccessFile file)
      throws ConnectException {
    try {
      long offset = Long.parseLong(header(request(port, "HEAD", path, ""), "Upload-Offset"));
      System.out.println("goes on at " + offset);
      String answer = send(port, path, file, offset);
      System.out.println("answered " + answer);
      return answer.contains(" 204");
    } catch (ConnectException gone) {
      throw gone;
    } catch (IOException broken) {
      System.out.println("broken: " + broken);
      return false;
    }
  }

  private static String send(int port, String path, RandomAccessFile file, long offset)
      throws IOException {
    long left = file.length() - offset;
    try (var socket = connect(port)) {
      var out = socket.getOutputStream();
      out.write(
          head(
              "PATCH",
              path,
              "Upload-Offset: %d\r\nContent-Length: %d\r\nContent-Type: %s\r\n"
                  .formatted(offset, left, TusClient.BYTES)));
      file.seek(offset);
      var buffer = new byte[64 << 10];
      for (long position = offset; position < file.length(); ) {
        int count = file.read(buffer);
        out.write(buffer, 0, count);
        position += count;
        if (position / MEGABYTE > (position - count) / MEGABYTE) {
          System.out.println("past " + position / MEGABYTE + " MB");
        }
      }
      out.flush();
      return String.valueOf(reader(socket).readLine());
    }
  }

  private static String request(int port, String method, String path, String headers)
      throws IOException {
    try (var socket = connect(port)) {
      socket.getOutputStream().write(head(method, path, headers + "Connection: close\r\n"));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static byte[] head(String method, String path, String headers) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\napi_token: %s\r\nTus-Resumable: 1.0.0\r\n%s\r\n"
        .formatted(method, path, TestServer.TOKEN, headers)
        .getBytes(ISO_8859_1);
  }

  private static String header(String answer, String name) throws IOException {
    return answer
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("no " + name + " in " + answer));
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }
}
