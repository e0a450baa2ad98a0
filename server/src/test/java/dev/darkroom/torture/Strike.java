package dev.darkroom.torture;

import dev.darkroom.torture.Moment.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A fault and its place: the moment at which it comes, and how far into the round, by how often
/// the moment has come before.
///
/// @param part of all the times that the moment comes in an undisturbed round, 0 to 1
/// @param upload the number of the upload whose source fails, where one does
record Strike(Fault fault, Moment moment, double part, int upload) {

  private static final int MOST = 4;

  /// Those at which a node may be struck, and the database, and the store.
  private static final List<Moment> ANYWHERE =
      Stream.of(
              Stream.of("plan", "ingest", "moderate", "publish", "caption")
                  .flatMap(task ->
                      Stream.of(Stage.BEGINS, Stage.COMMITS, Stage.HAS_COMMITTED, Stage.ENDS)
                          .map(stage -> Moment.ofStep(task, stage))),
              Stream.of("image", "thumbnail", "spool")
                  .flatMap(object ->
                      Stream.of(Stage.PUTS, Stage.HAS_PUT).map(stage -> new Moment(object, stage))),
              Stream.of("verdict", "caption")
                  .flatMap(answer ->
                      Stream.of(Stage.ASKS, Stage.COMMITS, Stage.HAS_COMMITTED)
                          .map(stage -> new Moment(answer, stage))),
              Stream.of(new Moment("image", Stage.DELETES)))
          .flatMap(moments -> moments)
          .toList();

  /// What a round does, by its seed: two to four different faults.
  static List<Strike> bySeed(long seed) {
    var random = new Random(seed);
    List<Fault> faults = new ArrayList<>(Arrays.asList(Fault.values()));
    Collections.shuffle(faults, random);
    return faults.subList(0, 2 + random.nextInt(MOST - 1)).stream()
        .map(fault ->
            new Strike(fault, momentFor(fault, random), random.nextDouble(), random.nextInt(3)))
        .toList();
  }

  private static Moment momentFor(Fault fault, Random random) {
    List<Moment> moments =
        switch (fault) {
          case KILL,
              TERMINATE,
              POWER_CUT,
              FREEZE,
              FREEZE_TO_THE_END,
              DATABASE_RESTART,
              DATABASE_CRASH ->
              ANYWHERE;
          case STORE_OUTAGE, STORE_CRASH ->
              List.of(
                  new Moment("image", Stage.PUTS),
                  new Moment("thumbnail", Stage.PUTS),
                  new Moment("caption", Stage.ASKS),
                  new Moment("verdict", Stage.ASKS));
          case CAPTIONER_OUTAGE -> List.of(new Moment("caption", Stage.ASKS));
          case MODERATOR_OUTAGE -> List.of(new Moment("verdict", Stage.ASKS));
          case SOURCE_CUTS, SOURCE_BUSY, SOURCE_DOWN, SOURCE_STALLS ->
              List.of(
                  Moment.ofStep("plan", Stage.BEGINS),
                  Moment.ofStep("ingest", Stage.BEGINS),
                  new Moment("image", Stage.PUTS));
        };
    return moments.get(random.nextInt(moments.size()));
  }

  /// The count of the moment at which it comes.
  ///
  /// @param times how often the moment came in an undisturbed round
  int count(int times) {
    return 1 + (int) (part * times);
  }
}
