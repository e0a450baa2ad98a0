package dev.darkroom.decoder;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The child process: decodes the images that come in by standard input, one after the other.
public final class DecoderMain {

  private DecoderMain() {}

  public static void main(String[] arguments) throws IOException {
    var input = new FileInputStream(FileDescriptor.in);
    var output =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // Whatever prints must not print into the frames.
    System.setOut(System.err);
    Thumbnailer thumbnailer;
    try {
      thumbnailer = Thumbnailer.load(VipsLocation.ofSystem());
      answer(output, new Reply.Ready(thumbnailer.library()));
    } catch (VipsUnavailableException | LinkageError e) {
      answer(output, new Reply.Unavailable(String.valueOf(e.getMessage())));
      return;
    }
    serve(input, output, thumbnailer);
  }

  private static void serve(FileInputStream input, DataOutputStream output, Thumbnailer thumbnailer)
      throws IOException {
    // Not buffered: what follows the head is read from the channel.
    var heads = new DataInputStream(input);
    Reply reply;
    do {
      Request request;
      try {
        request = Request.read(heads);
      } catch (EOFException _) {
        return;
      }
      try (var arena = Arena.ofConfined()) {
        MemorySegment image = arena.allocate(request.length());
        fill(image, input.getChannel());
        reply = thumbnailer.decode(request, image, arena);
        answer(output, reply);
      }
    } while (!(reply instanceof Reply.Fault));
  }

  private static void fill(MemorySegment image, FileChannel channel) throws IOException {
    ByteBuffer buffer = image.asByteBuffer();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) throw new EOFException("the parent has gone");
    }
  }

  private static void answer(DataOutputStream output, Reply reply) throws IOException {
    reply.write(output);
    output.flush();
  }
}
