package dev.darkroom.torture;

import dev.darkroom.torture.Moment.Stage;
import dev.darkroom.torture.Reports.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which steps run on which nodes. Safe for use by many threads at once.
final class Runs {

  private final Map<String, Set<String>> nodesByStep = new HashMap<>();
  private int overtakings;

  synchronized void note(Report report) {
    if (report.moment().stage() == Stage.BEGINS) {
      var nodes = nodesByStep.computeIfAbsent(report.detail(), _ -> new HashSet<>());
      if (!nodes.isEmpty()) overtakings++;
      nodes.add(report.node());
    } else if (report.moment().stage() == Stage.ENDS) {
      nodesByStep.computeIfAbsent(report.detail(), _ -> new HashSet<>()).remove(report.node());
    }
  }

  /// Notes that the node is gone, with all that it did.
  synchronized void gone(String node) {
    nodesByStep.values().forEach(nodes -> nodes.remove(node));
  }

  /// How often a step began that still ran on another node, which had been given up.
  synchronized int overtakings() {
    return overtakings;
  }

  synchronized boolean noneOf(String node) {
    return nodesByStep.values().stream().noneMatch(nodes -> nodes.contains(node));
  }
}
