package dev.darkroom.torture;

import java.time.Duration;

/// What a round does to the nodes, and to what they stand on.
enum Fault {
  /// `kill -9` of the node that is there.
  KILL,
  /// `kill` of the node that is there: it hands back what it does.
  TERMINATE,
  /// `kill -9` of all nodes at once.
  POWER_CUT,
  /// SIGSTOP of the node that is there, until others have taken over what it does.
  FREEZE,
  /// The same until all uploads are over and cleaned up.
  FREEZE_TO_THE_END,
  DATABASE_RESTART,
  DATABASE_CRASH,
  /// Puts fail.
  STORE_OUTAGE,
  STORE_CRASH,
  CAPTIONER_OUTAGE,
  MODERATOR_OUTAGE,
  /// Connections that are cut in the middle of a range.
  SOURCE_CUTS,
  /// 503 with `Retry-After`.
  SOURCE_BUSY,
  /// 500, for a while.
  SOURCE_DOWN,
  SOURCE_STALLS;

  private static final int CUT_AFTER_BYTES = 20_000;

  /// How many requests a source fails. A plan may meet several faults of one source, and gives up
  /// after seven tries, as it should: three of them together stay below that.
  private static final int REQUESTS = 2;

  /// Whoever waits for an outage to end pauses for twice as long each time, up to five seconds: at
  /// the end of a round, where one step alone has to meet all refusals, these take a quarter of a
  /// minute.
  private static final int REFUSED = 8;

  /// @param node the one that is there
  void strike(Scene scene, Node node) {
    var cluster = scene.cluster();
    switch (this) {
      case KILL -> cluster.kill(node);
      case TERMINATE -> cluster.terminate(node);
      case POWER_CUT -> cluster.nodes().forEach(cluster::kill);
      case FREEZE -> cluster.freezeUntilOvertaken(node);
      case FREEZE_TO_THE_END -> node.freeze();
      case DATABASE_RESTART -> cluster.database().restart();
      case DATABASE_CRASH -> cluster.database().crash();
      case STORE_OUTAGE -> scene.outages().begin("image", REFUSED);
      case STORE_CRASH -> {
        cluster.store().kill();
        cluster.store().restart();
      }
      case CAPTIONER_OUTAGE -> scene.outages().begin("caption", REFUSED);
      case MODERATOR_OUTAGE -> scene.outages().begin("verdict", REFUSED);
      case SOURCE_CUTS -> scene.source().truncateAfter(CUT_AFTER_BYTES, REQUESTS);
      case SOURCE_BUSY -> scene.source().failNext(REQUESTS, 503, Duration.ofSeconds(1));
      case SOURCE_DOWN -> scene.source().failNext(REQUESTS, 500, null);
      case SOURCE_STALLS -> scene.source().stallAfter(CUT_AFTER_BYTES, REQUESTS);
    }
  }
}
