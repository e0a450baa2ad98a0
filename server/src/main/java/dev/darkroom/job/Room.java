package dev.darkroom.job;

import dev.darkroom.job.Attempt.HandedBack;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// How many steps of a task may run on this node at a time, for a task that is to leave the other
/// threads of the scheduler alone. A step that finds no place is handed back, and called as soon as
/// a place is free, first come, first called. Safe for use by many threads at once.
public final class Room {

  /// How soon a step is tried again that nobody has called: by another node, which has a place, or
  /// because its call came before its hand-back.
  private static final Duration UNCALLED = Duration.ofSeconds(5);

  private final StepQueue steps;
  private final Set<StepId> turnedAway = new LinkedHashSet<>();
  private int free;

  public Room(int places, StepQueue steps) {
    this.free = places;
    this.steps = steps;
  }

  /// Takes a place, which the caller closes, or hands the step back without a try counted.
  public Place enter(Attempt attempt) {
    return enter(attempt.step());
  }

  Place enter(StepId step) {
    if (take(step)) return this::leave;
    throw new HandedBack(UNCALLED);
  }

  private synchronized boolean take(StepId step) {
    if (free == 0) {
      turnedAway.add(step);
      return false;
    }
    turnedAway.remove(step);
    free--;
    return true;
  }

  private void leave() {
    release();
    var next = next();
    // One that another node runs by now, or that is gone, does not come: the next one may.
    while (next.isPresent() && !steps.call(next.get())) next = next();
  }

  private synchronized void release() {
    free++;
  }

  private synchronized Optional<StepId> next() {
    var next = turnedAway.stream().findFirst();
    next.ifPresent(turnedAway::remove);
    return next;
  }

  /// A step's place in the room.
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
