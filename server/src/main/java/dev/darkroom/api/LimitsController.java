package dev.darkroom.api;

import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells every token what it has to keep to.
@RestController
class LimitsController {

  private final List<LimitSource> sources;

  LimitsController(List<LimitSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @GetMapping(path = "/limits", produces = MediaType.APPLICATION_JSON_VALUE)
  Limits get(Caller caller) {
    caller.requireRead();
    return new Limits(
        sources.stream()
            .flatMap(source -> source.limits().stream())
            .sorted(Comparator.comparing(Limit::name))
            .toList());
  }

  record Limits(List<Limit> limits) {}
}
