package dev.darkroom.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The description of the API as the tests look at it; read once. Safe for use by many threads.
final class DocumentedApi {

  /// What can be done to a path.
  ///
  /// @param method in capitals
  /// @param path with its variables in braces
  record Operation(String method, String path, JsonNode content) {

    String id() {
      return content.path("operationId").asString("");
    }

    /// Those in the path or in the query.
    Stream<JsonNode> parameters(String in) {
      return content
          .path("parameters")
          .valueStream()
          .map(DocumentedApi::resolved)
          .filter(parameter -> parameter.get("in").asString().equals(in));
    }

    /// The answer with a status, or a missing node.
    JsonNode response(int status) {
      return resolved(content.path("responses").path(Integer.toString(status)));
    }

    private boolean takes(String actual) {
      var pattern = VARIABLE.matcher(path).replaceAll(found -> values(found.group(1)));
      return Pattern.matches(pattern, actual);
    }

    /// What can stand in place of a variable, as a pattern.
    private String values(String variable) {
      var values =
          parameters("path")
              .filter(parameter -> parameter.get("name").asString().equals(variable))
              .flatMap(parameter -> parameter.at("/schema/enum").valueStream())
              .map(JsonNode::asString)
              .collect(Collectors.joining("|", "(", ")"));
      return values.equals("()") ? "[^/]+" : values;
    }

    private long variables() {
      return VARIABLE.matcher(path).results().count();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  static final JsonNode DOCUMENT =
      JsonMapper.shared().valueToTree(OpenApiDocument.read().content());

  /// The pages for people are no part of it, nor is what a test serves beside it.
  static final Pattern BESIDE = Pattern.compile("/((docs|console|probe|admin/probe)(/.*)?)?");

  static final List<Operation> OPERATIONS = operations();

  /// A keyword that is none is a slip of the pen.
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getOpenApi31())
          .keyword(new NonValidationKeyword("components"))
          .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
          .build();

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          DIALECT,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));

  private static final Map<JsonNode, Schema> COMPILED = new ConcurrentHashMap<>();

  private DocumentedApi() {}

  /// The operation that a request means, whatever the prefix of its path; that with the fewest
  /// variables where several fit.
  static Optional<Operation> find(String method, String path) {
    return OPERATIONS.stream()
        .filter(operation -> operation.method().equals(method) && operation.takes(path))
        .min(Comparator.comparingLong(Operation::variables));
  }

  /// What a reference leads to; a node that is none, as it is.
  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
  }

  /// Where `value` departs from `schema`, which is a part of the document.
  static List<String> departures(JsonNode schema, JsonNode value) {
    return COMPILED.computeIfAbsent(schema, DocumentedApi::compile).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static Schema compile(JsonNode schema) {
    var alone = (ObjectNode) schema.deepCopy();
    // For the references, which begin at the root of the document.
    alone.set("components", DOCUMENT.get("components"));
    return SCHEMAS.getSchema(alone);
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : DOCUMENT.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    return List.copyOf(operations);
  }
}
