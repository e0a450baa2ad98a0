package dev.darkroom.decoder;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  @ParameterizedTest
  @EnumSource
  void aRequestComesThroughAsItWas(EncodedFormat format) throws IOException {
    var request = new Request(format, 6, 1024, 2048, 512, 5_000_000_000L);
    var bytes = new ByteArrayOutputStream();
    request.write(new DataOutputStream(bytes));
    assertThat(Request.read(input(bytes.toByteArray()))).isEqualTo(request);
  }

  @Test
  void aRequestOfAnotherProtocolIsRefused() {
    assertThatThrownBy(() -> Request.read(input(new byte[40]))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Request.MAX_LONG_SIDE + 1})
  void aRenditionOfNoSizeOrTooLargeForAReplyIsNotAskedFor(int longSide) {
    assertThatThrownBy(() -> new Request(EncodedFormat.PNG, 1, 1024, 1024, longSide, 1))
        .hasMessageContaining("long side of " + longSide);
  }

  @Test
  void repliesComeThroughAsTheyWere() throws IOException {
    assertThat(sent(new Reply.Ready("libvips"))).isEqualTo(new Reply.Ready("libvips"));
    assertThat(sent(new Reply.Unavailable("none"))).isEqualTo(new Reply.Unavailable("none"));
    assertThat(sent(new Reply.Damaged("gestört"))).isEqualTo(new Reply.Damaged("gestört"));
    assertThat(sent(new Reply.Fault("memory"))).isEqualTo(new Reply.Fault("memory"));
  }

  @Test
  void aRenditionComesThroughByteForByte() throws IOException {
    var rendition = MemorySegment.ofArray(new byte[] {1, -2, 3});
    var reply = (Reply.Decoded) sent(new Reply.Decoded(-7, rendition));
    assertThat(reply.perceptualHash()).isEqualTo(-7);
    assertThat(reply.rendition().toArray(JAVA_BYTE)).containsExactly(1, -2, 3);
  }

  @Test
  void aRequestForAWholeImageComesThroughAsItWas() throws IOException {
    var wanted = new Request.Wanted.Whole(1024, 70_000, 1 << 20);
    var request = new Request(EncodedFormat.WEBP, 8, 300, 200, wanted, 77);
    var bytes = new ByteArrayOutputStream();
    request.write(new DataOutputStream(bytes));
    assertThat(Request.read(input(bytes.toByteArray()))).isEqualTo(request);
  }

  @Test
  void aRedrawnImageComesThroughByteForByte() throws IOException {
    var image = new byte[200_001];
    new Random(1).nextBytes(image);
    var reply = (Reply.Redrawn) sent(new Reply.Redrawn(MemorySegment.ofArray(image)));
    assertThat(reply.image().toArray(JAVA_BYTE)).isEqualTo(image);
    assertThat(sent(new Reply.TooLarge(5_000_000_000L)))
        .isEqualTo(new Reply.TooLarge(5_000_000_000L));
  }

  @Test
  void aRedrawnImageThatThereIsNoRoomForIsRefusedBeforeItIsRead() {
    byte[] huge = {'W', 0x7f, 0, 0, 0};
    assertThatThrownBy(() -> Reply.read(input(huge), FramesTest::room))
        .hasMessageContaining("too many");
  }

  @Test
  void aReplyThatClaimsToBeHugeIsRefusedBeforeItIsRead() {
    byte[] huge = {'D', 0x7f, 0, 0, 0};
    assertThatThrownBy(() -> Reply.read(input(huge), FramesTest::room))
        .hasMessageContaining("bytes");
  }

  @Test
  void aReplyOfNoKnownKindIsRefused() {
    assertThatThrownBy(() -> Reply.read(input(new byte[] {'?', 0, 0, 0, 0}), FramesTest::room))
        .hasMessageContaining("kind 63");
  }

  private static Reply sent(Reply reply) throws IOException {
    var bytes = new ByteArrayOutputStream();
    reply.write(new DataOutputStream(bytes));
    return Reply.read(input(bytes.toByteArray()), FramesTest::room);
  }

  private static MemorySegment room(int bytes) throws IOException {
    if (bytes > 1 << 20) throw new IOException("%d bytes are too many".formatted(bytes));
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
