package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.Failure;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/// Holds the tables of docs/api.md to the code: each failure with its code, and no other.
class DocumentedFailuresTest {

  /// HTTP itself refuses such a request, so that type and status are the constructor's arguments.
  private static final String REFUSED = "dev.darkroom.api.ApiFailure$Refused";

  private static final Pattern TYPE_OF_STATUS =
      Pattern.compile("case (\\d{3}) -> \"(request\\.[a-z-]+)\"");

  @Test
  void theTablesListEveryFailureWithItsCodeAndNoOther() throws Exception {
    var documented =
        Documents.rows("docs/api.md", "## Error types").stream()
            .filter(row -> row.getFirst().startsWith("`"))
            .map(row -> row.get(1) + " " + row.getFirst().replace("`", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(failures());
  }

  @Test
  void everyRowSaysWhenTheFailureComes() {
    assertThat(Documents.rows("docs/api.md", "## Error types"))
        .allSatisfy(row -> assertThat(row.get(2)).isNotBlank());
  }

  private static Set<String> failures() throws Exception {
    Set<String> failures = refusedRequests();
    for (Class<?> type : failureClasses()) {
      if (type.getName().equals(REFUSED)) continue;
      for (Failure failure : samples(type)) failures.add(failure.status() + " " + failure.type());
    }
    return failures;
  }

  private static Set<String> refusedRequests() {
    var source =
        Documents.read(
            Documents.root().resolve("server/src/main/java/dev/darkroom/api/RequestFailures.java"));
    var refused =
        TYPE_OF_STATUS
            .matcher(source)
            .results()
            .map(match -> match.group(1) + " " + match.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(refused).isNotEmpty();
    assertThat(source).contains("default -> \"request.refused\"");
    refused.add("4xx request.refused");
    return refused;
  }

  private static List<Class<?>> failureClasses() throws ClassNotFoundException {
    // Asked for everything that there is, not for components alone.
    var scan =
        new ClassPathScanningCandidateComponentProvider(false) {
          @Override
          protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isConcrete();
          }
        };
    scan.addIncludeFilter(new AssignableTypeFilter(Failure.class));
    var names =
        scan.findCandidateComponents("dev.darkroom").stream()
            .map(definition -> definition.getBeanClassName())
            .sorted()
            .toList();
    List<Class<?>> classes = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name);
      boolean ofTheProgram =
          !type.getProtectionDomain().getCodeSource().toString().contains("test-classes");
      if (ofTheProgram) classes.add(type);
    }
    assertThat(classes).isNotEmpty();
    return classes;
  }

  private static List<Failure> samples(Class<?> type) throws ReflectiveOperationException {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(Failure.class::cast).toList();
    }
    var types =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    var arguments = Stream.of(types).map(DocumentedFailuresTest::nothing).toArray();
    return List.of((Failure) constructor.newInstance(arguments));
  }

  /// Zero, false or null: neither the type nor the status of a failure depends on what it tells.
  private static Object nothing(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0);
  }
}
