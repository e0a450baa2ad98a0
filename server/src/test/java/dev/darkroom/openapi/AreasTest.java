package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AreasTest {

  private final Areas areas = new Areas();

  private static Map<String, Object> operation(String path, String method, String id) {
    return Map.of("paths", Map.of(path, Map.of(method, Map.of("operationId", id))));
  }

  @Test
  void putsTheMethodsOfAPathTogether() {
    areas.add("a.yaml", operation("/things", "get", "list"));
    areas.add("b.yaml", operation("/things", "post", "make"));
    assertThat(areas.whole())
        .isEqualTo(
            Map.of(
                "paths",
                Map.of(
                    "/things",
                    Map.of(
                        "get",
                        Map.of("operationId", "list"),
                        "post",
                        Map.of("operationId", "make")))));
  }

  @Test
  void putsTheTagsOfAllAreasIntoOneList() {
    areas.add("a.yaml", Map.of("tags", List.of("a")));
    areas.add("b.yaml", Map.of("tags", List.of("b")));
    assertThat(areas.whole()).isEqualTo(Map.of("tags", List.of("a", "b")));
  }

  @Test
  void leavesOutWhatAFileHasForItself() {
    areas.add("a.yaml", Map.of("x-id", Map.of("a", "b")));
    areas.add("b.yaml", Map.of("x-id", Map.of("a", "c")));
    assertThat(areas.whole()).isEmpty();
  }

  @Test
  void namesBothFilesThatSayTheSame() {
    areas.add("a.yaml", operation("/things", "get", "list"));
    assertThatThrownBy(() -> areas.add("b.yaml", operation("/things", "get", "list")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("paths /things get", "a.yaml", "b.yaml");
  }

  @Test
  void namesBothFilesThatDefineAComponent() {
    Map<String, Object> part =
        Map.of("components", Map.of("schemas", Map.of("Thing", Map.of("type", "object"))));
    areas.add("a.yaml", part);
    assertThatThrownBy(() -> areas.add("b.yaml", part))
        .hasMessageContainingAll("components schemas Thing", "a.yaml", "b.yaml");
  }
}
