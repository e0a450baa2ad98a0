package dev.darkroom.bulkupload;

import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Verdict;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A moderator whose verdict a test decides on, for the remote ones.
final class TestModerator implements Moderator {

  /// Gives the verdict on the `call`th picture that was asked about, from 1.
  @FunctionalInterface
  interface Judge {
    Verdict judge(int call, byte[] jpeg) throws InterruptedException;
  }

  private static final Judge PASSES = (_, _) -> new Verdict.Passed(Map.of("porn", 0.01));

  private final AtomicInteger calls = new AtomicInteger();
  private volatile Judge judge = PASSES;

  static final class Configuration {
    @Bean
    @Primary
    TestModerator testModerator() {
      return new TestModerator();
    }
  }

  /// Has the judge decide from now on, and counts calls anew.
  void become(Judge judge) {
    calls.set(0);
    this.judge = judge;
  }

  void passAll() {
    become(PASSES);
  }

  int calls() {
    return calls.get();
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Verdict judge(byte[] jpeg) throws InterruptedException {
    return judge.judge(calls.incrementAndGet(), jpeg);
  }
}
