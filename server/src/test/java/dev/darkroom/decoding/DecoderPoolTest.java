package dev.darkroom.decoding;

import static dev.darkroom.decoding.MisbehavingChild.BABBLE;
import static dev.darkroom.decoding.MisbehavingChild.BEHAVE;
import static dev.darkroom.decoding.MisbehavingChild.CHATTER;
import static dev.darkroom.decoding.MisbehavingChild.CRASH;
import static dev.darkroom.decoding.MisbehavingChild.CRASH_ONCE;
import static dev.darkroom.decoding.MisbehavingChild.EXHAUST_MEMORY;
import static dev.darkroom.decoding.MisbehavingChild.EXIT;
import static dev.darkroom.decoding.MisbehavingChild.HANG;
import static dev.darkroom.decoding.MisbehavingChild.RUN_OUT_OF_MEMORY;
import static dev.darkroom.decoding.MisbehavingChild.STOP_READING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.Decoding.Damaged;
import dev.darkroom.image.Decoding.Fatal;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DecoderPoolTest {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final ImageHeader HEADER = new ImageHeader(ImageFormat.JPEG, 1024, 1024, 1, false);

  @TempDir private Path crashes;
  private final List<DecoderPool> pools = new ArrayList<>();

  @AfterEach
  void closeThePools() {
    pools.forEach(DecoderPool::close);
  }

  @Test
  void keepsOneChildFromImageToImage() {
    var pool = pool(1, LONG);
    assertThat(decode(pool, BEHAVE)).isEqualTo(decode(pool, BEHAVE)).isInstanceOf(Damaged.class);
  }

  @ParameterizedTest
  @ValueSource(bytes = {CRASH, EXIT, BABBLE, RUN_OUT_OF_MEMORY, EXHAUST_MEMORY})
  void givesUpOnAnImageThatEndsTwoChildrenAndServesTheNext(byte behaviour) {
    var pool = pool(1, LONG);
    var before = decode(pool, BEHAVE);
    assertThat(decode(pool, behaviour)).isInstanceOf(Fatal.class);
    assertThat(decode(pool, BEHAVE)).isInstanceOf(Damaged.class).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(bytes = {HANG, STOP_READING})
  void killsAChildThatIsSilentForTooLong(byte behaviour) {
    var pool = pool(1, SHORT);
    assertThat(decode(pool, behaviour))
        .isInstanceOfSatisfying(
            Fatal.class, fatal -> assertThat(fatal.detail()).contains("silent for 3000 ms"));
    assertThat(decode(pool, BEHAVE)).isInstanceOf(Damaged.class);
  }

  @Test
  void saysHowTheChildEnded() {
    var fatal = (Fatal) decode(pool(1, LONG), EXIT);
    assertThat(fatal.detail()).contains("2 times").contains("code 3").contains("last words");
  }

  @Test
  void letsAChildSayMoreThanAPipeHolds() {
    var pool = pool(1, LONG);
    assertThat(decode(pool, BEHAVE)).isEqualTo(decode(pool, CHATTER)).isInstanceOf(Damaged.class);
  }

  @Test
  void replacesAChildThatWasKilledBetweenTwoImages() throws Exception {
    var pool = pool(1, LONG);
    String pid = ((Damaged) decode(pool, BEHAVE)).detail();
    var child = ProcessHandle.of(Long.parseLong(pid.substring("pid ".length()))).orElseThrow();
    child.destroyForcibly();
    child.onExit().get(10, TimeUnit.SECONDS);
    assertThat(decode(pool, BEHAVE)).isInstanceOf(Damaged.class).isNotEqualTo(new Damaged(pid));
  }

  @Test
  void triesAnImageOnceMoreInAFreshChild() {
    var pool = pool(1, LONG);
    var before = decode(pool, BEHAVE);
    assertThat(decode(pool, CRASH_ONCE)).isInstanceOf(Damaged.class).isNotEqualTo(before);
  }

  @Test
  void doesNotBlameTheImageWhenItIsClosedMeanwhile() throws Exception {
    var pool = pool(1, LONG);
    String pid = ((Damaged) decode(pool, BEHAVE)).detail();
    var child = ProcessHandle.of(Long.parseLong(pid.substring("pid ".length()))).orElseThrow();
    var image = CompletableFuture.supplyAsync(() -> decode(pool, HANG));
    pool.close();
    child.onExit().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(image::join).hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void worksInAsManyChildrenAsItHasAndLosesNoImage() throws Exception {
    var pool = pool(2, LONG);
    var results = new ConcurrentLinkedQueue<Decoding>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        byte behaviour = i % 50 == 0 ? EXIT : BEHAVE;
        var _ = threads.submit(() -> results.add(decode(pool, behaviour)));
      }
    }
    assertThat(results).hasSize(200);
    assertThat(results).filteredOn(Fatal.class::isInstance).hasSize(4);
    assertThat(results).filteredOn(Damaged.class::isInstance).hasSize(196);
  }

  @Test
  void readsMemoryThatBelongsToTheCallersThread() {
    var pool = pool(1, LONG);
    try (var arena = Arena.ofConfined()) {
      MemorySegment image = arena.allocate(1 << 20);
      image.fill(BEHAVE);
      assertThat(pool.decode(image, HEADER, 512)).isInstanceOf(Damaged.class);
    }
  }

  @Test
  void stopsAtAnInterruptWithoutWaitingForTheChild() throws Exception {
    var pool = pool(1, LONG);
    assertThat(decode(pool, BEHAVE)).isInstanceOf(Damaged.class);
    var outcome = new CompletableFuture<Throwable>();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                var _ = decode(pool, HANG);
              } catch (CancellationException e) {
                outcome.complete(e);
              }
            });
    caller.interrupt();
    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    assertThat(decode(pool, BEHAVE)).isInstanceOf(Damaged.class);
  }

  private static void isAnOutage(FailureException e) {
    assertThat(e.failure()).isEqualTo(DecoderFailure.CANNOT_START);
    assertThat(e.failure().retry()).isEqualTo(Retry.WHEN_BACK);
    assertThat(e.failure().message()).doesNotContain("/", "libvips");
  }

  @Test
  void doesNotBlameTheImageWhenNoChildCanStart() {
    var pool = pool(new DecoderCommand(List.of("/nonexistent/java"), LONG));
    assertThatThrownBy(() -> decode(pool, BEHAVE))
        .isInstanceOfSatisfying(FailureException.class, DecoderPoolTest::isAnOutage);
    var unable = pool(new DecoderCommand(words("no libvips here"), LONG));
    assertThatThrownBy(() -> decode(unable, BEHAVE))
        .isInstanceOfSatisfying(FailureException.class, DecoderPoolTest::isAnOutage)
        .hasStackTraceContaining("no libvips here");
  }

  @Test
  void leavesNoChildBehindWhenItCloses() throws Exception {
    var pool = pool(1, LONG);
    String pid = ((Damaged) decode(pool, BEHAVE)).detail();
    var child = ProcessHandle.of(Long.parseLong(pid.substring("pid ".length()))).orElseThrow();
    pool.close();
    child.onExit().get(10, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
    assertThatThrownBy(() -> decode(pool, BEHAVE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theProbeGivesTheReasonWhyThereIsNoDecoder() {
    assertThat(DecoderProbe.of(new DecoderCommand(words("no libvips here"), LONG)))
        .isEqualTo(new DecoderProbe.Unavailable("no libvips here"));
    assertThat(DecoderProbe.of(new DecoderCommand(List.of("/nonexistent/java"), LONG)))
        .isInstanceOf(DecoderProbe.Unavailable.class);
  }

  private Decoding decode(DecoderPool pool, byte behaviour) {
    // More than a pipe holds.
    byte[] image = new byte[300_000];
    Arrays.fill(image, behaviour);
    return pool.decode(MemorySegment.ofArray(image), HEADER, 512);
  }

  private DecoderPool pool(int children, Duration timeout) {
    return pool(new DecoderCommand(words(), timeout), children);
  }

  private DecoderPool pool(DecoderCommand command) {
    return pool(command, 1);
  }

  private DecoderPool pool(DecoderCommand command, int children) {
    var pool = new DecoderPool(command, children);
    pools.add(pool);
    return pool;
  }

  private List<String> words(String... arguments) {
    return MisbehavingChild.words(crashes, arguments);
  }
}
