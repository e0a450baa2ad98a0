package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.openapi.DocumentedApi.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

  private static final List<Operation> OPERATIONS = DocumentedApi.OPERATIONS;

  private static TestServer server;
  private static ApiClient stranger;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    stranger = ApiClient.anonymous(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDocumentIsValidOpenApi() {
    var published =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry ->
                    registry.schemaIdResolvers(ids ->
                        ids.mapPrefix("https://spec.openapis.org", "classpath:spec.openapis.org")))
            .getSchema(
                SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07"));
    assertThat(published.validate(stranger.get("/v3/api-docs").json())).isEmpty();
  }

  @Test
  void everyMappingIsDocumentedAndEveryDocumentedOperationIsMapped() {
    assertThat(operations().filter(operation -> !operation.contains(" /actuator/")))
        .containsExactlyInAnyOrderElementsOf(mappings());
  }

  private static Set<String> mappings() {
    return server
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(mapping ->
            mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                    mapping.getPatternValues().stream()
                        .map(path -> method + " " + path.replaceAll(":[^}]+}", "}"))))
        .filter(
            mapping -> !DocumentedApi.BESIDE.matcher(mapping.replaceFirst("\\S+ ", "")).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> operations() {
    return OPERATIONS.stream().map(Operation::toString);
  }

  @ParameterizedTest
  @FieldSource("OPERATIONS")
  void everyOperationSaysWhatItIsAndWhatMayGoWrong(Operation operation) {
    var content = operation.content();
    assertThat(content.path("summary").asString("")).isNotBlank();
    assertThat(content.path("tags"))
        .isNotEmpty()
        .allSatisfy(tag -> assertThat(tags()).contains(tag));
    assertThat(content.get("responses").propertyNames()).contains("429", "500");
    boolean takesToken = !content.has("security");
    assertThat(content.get("responses").has("401")).isEqualTo(takesToken);
    boolean takesBody = content.has("requestBody");
    assertThat(content.get("responses").has("415")).isEqualTo(takesBody);
  }

  private static List<JsonNode> tags() {
    return DocumentedApi.DOCUMENT.get("tags").valueStream().map(tag -> tag.get("name")).toList();
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    assertThat(OPERATIONS).extracting(Operation::id).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyVariableOfAPathIsDescribed() {
    for (var operation : OPERATIONS) {
      var described =
          operation
              .parameters("path")
              .map(parameter -> "{" + parameter.get("name").asString() + "}");
      assertThat(described)
          .as(operation.toString())
          .containsExactlyElementsOf(
              Stream.of(operation.path().split("/")).filter(part -> part.startsWith("{")).toList());
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(DocumentedApi.DOCUMENT.findValues("$ref"))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(DocumentedApi.DOCUMENT.at(reference.asString().substring(1)).isObject())
                .as(reference.asString())
                .isTrue());
  }

  @Test
  void everyExampleFitsItsSchema() {
    var withExamples =
        DocumentedApi.DOCUMENT.findParents("example").stream()
            .filter(node -> node.has("schema"))
            .toList();
    assertThat(withExamples).hasSizeGreaterThan(20);
    for (var node : withExamples) {
      assertThat(DocumentedApi.departures(node.get("schema"), node.get("example")))
          .as(node.toString())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("OPERATIONS")
  void everyRequestAndEveryMainAnswerHasAnExample(Operation operation) {
    var body = operation.content().at("/requestBody/content/application~1json");
    assertThat(body.isMissingNode() || body.has("example")).isTrue();
    for (var status : new int[] {200, 201, 202}) {
      var answer = operation.response(status).at("/content/application~1json");
      boolean isTheDocumentItself = operation.path().equals("/v3/api-docs");
      assertThat(answer.isMissingNode() || answer.has("example") || isTheDocumentItself).isTrue();
    }
  }

  @Test
  void isServedToEveryone() {
    var answer = stranger.get("/v3/api-docs");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/info/version").asString()).isNotBlank();
    assertThat(answer.json().get("servers").valueStream().map(s -> s.get("url").asString()))
        .containsExactly(
            server.baseUrl().toString(), server.baseUrl() + "/v1", server.baseUrl() + "/v2");
    assertThat(stranger.get("/v2/v3/api-docs").text()).isEqualTo(answer.text());
  }

  @Test
  void isSentAgainOnlyWhenItHasChanged() {
    var answer = stranger.get("/v3/api-docs");
    assertThat(answer.header("Cache-Control")).hasValue("no-cache");
    var again =
        stranger.with("If-None-Match", answer.header("ETag").orElseThrow()).get("/v3/api-docs");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
  }
}
