package dev.darkroom.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A protobuf message under construction: its fields by number, in the order in which they come.
final class ProtobufMessage {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream fields = CodedOutputStream.newInstance(bytes);

  /// Writing into memory cannot fail.
  private interface Write {
    void run() throws IOException;
  }

  private ProtobufMessage write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ProtobufMessage put(int field, long value) {
    return write(() -> fields.writeInt64(field, value));
  }

  ProtobufMessage put(int field, String value) {
    return put(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufMessage put(int field, byte[] value) {
    return write(() -> fields.writeByteArray(field, value));
  }

  ProtobufMessage put(int field, ProtobufMessage value) {
    return put(field, value.toBytes());
  }

  byte[] toBytes() {
    write(fields::flush);
    return bytes.toByteArray();
  }
}
