package dev.darkroom.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to the nodes, and to what they stand on: uploads come out as if nothing had.
///
/// `-Dtorture.rounds=200 -Dtorture.seed=1000` runs 200 rounds from that seed on.
class TortureTest {

  /// Between them they strike nodes, database, store, captioner and sources.
  private static final long[] OF_A_BUILD = {3, 4, 5, 9, 10};

  private static final int NODES = 3;
  private static final int LAST_LINES = 60;

  private static List<Upload> uploads;
  private static List<Remains> undisturbed;
  private static Map<Moment, Integer> expected;
  private static @Nullable Cluster cluster;

  @BeforeAll
  static void uploadUndisturbed() {
    uploads = Upload.all();
    var round = Round.undisturbed(cluster(), uploads);
    undisturbed = round.run();
    expected = round.counts();
  }

  @AfterAll
  static void stop() {
    uploads.forEach(upload -> upload.source().close());
    if (cluster != null) cluster.close();
  }

  static LongStream seeds() {
    Integer rounds = Integer.getInteger("torture.rounds");
    long first = Long.getLong("torture.seed", 1);
    return rounds == null ? LongStream.of(OF_A_BUILD) : LongStream.range(first, first + rounds);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void leavesTheSameBehindWhateverHappens(long seed) {
    var round = new Round(cluster(), uploads, Strike.bySeed(seed), expected);
    long begin = System.nanoTime();
    try {
      List<Remains> remains = round.run();
      for (int n = 0; n < remains.size(); n++) remains.get(n).assertSameAs(undisturbed.get(n));
      // Steps that hand back for want of room begin more often in one round than in the other.
      assertThat(round.journal()).as("what was struck").isNotEmpty();
    } catch (RuntimeException | Error failure) {
      String left = round.left();
      tell(seed, round);
      giveUpCluster();
      throw new AssertionError(
          "seed %d: struck were %s; left are %s".formatted(seed, round.journal(), left), failure);
    } finally {
      System.out.printf(
          "torture: seed %d, %.1f s: %s%n",
          seed, (System.nanoTime() - begin) / 1e9, String.join("; ", round.journal()));
    }
  }

  private static void tell(long seed, Round round) {
    System.out.printf(
        "torture: seed %d failed; again: mvn -o -q test -pl server -am -Dtest=TortureTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtorture.rounds=1 -Dtorture.seed=%d%n%s%n",
        seed, seed, String.join("\n", round.journal()));
    for (Node node : cluster().nodes()) {
      System.out.printf("--- %s%n%s%n", node.name(), node.lastWords(LAST_LINES));
    }
  }

  /// What a failed round leaves would fail the next one too.
  private static void giveUpCluster() {
    if (cluster != null) cluster.close();
    cluster = null;
  }

  private static Cluster cluster() {
    var running = cluster;
    if (running == null) {
      running = new Cluster(NODES, Map.of());
      cluster = running;
    }
    return running;
  }
}
