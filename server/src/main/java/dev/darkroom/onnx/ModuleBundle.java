package dev.darkroom.onnx;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A minified browserify bundle of one module that exports a literal: some preamble, and
/// `{1:[function(e,a,n){a.exports=LITERAL},{}]},{},[1])(1)});`. The literal is read as data; no
/// JavaScript is run.
///
/// Such a literal is JSON but for three things that a minifier does: names without quotes, `!0` and
/// `!1` for true and false, and fractions without their leading zero.
final class ModuleBundle {

  private static final int MAX_PREAMBLE = 2_000;
  private static final Pattern BEGIN =
      Pattern.compile("\\{1:\\[function\\((\\w),(\\w),(\\w)\\)\\{\\2\\.exports=");
  private static final String END = "},{}]},{},[1])(1)});";

  private static final int MAX_DEPTH = 32;
  private static final int MAX_TOKENS = 100_000;
  private static final int MAX_NAME = 100;
  private static final int MAX_NUMBER = 40;

  private ModuleBundle() {}

  /// The value that the bundle exports.
  static JsonNode exported(byte[] bundle) throws MalformedModelException {
    String script = new String(bundle, StandardCharsets.ISO_8859_1);
    String preamble = script.substring(0, Math.min(script.length(), MAX_PREAMBLE));
    var begin = BEGIN.matcher(preamble);
    String end = script.stripTrailing();
    if (!begin.find() || !end.endsWith(END) || end.length() - END.length() < begin.end()) {
      throw new MalformedModelException("the file is no bundle of one module");
    }
    return parse(json(end.substring(begin.end(), end.length() - END.length())));
  }

  /// The literal with `true` for `!0` and `false` for `!1`, wherever they are not in a text.
  private static String json(String literal) throws MalformedModelException {
    var json = new StringBuilder(literal.length() + 1_024);
    boolean text = false;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '"') text = !text;
      if (text && c == '\\') {
        json.append(c);
        if (++i < literal.length()) json.append(literal.charAt(i));
      } else if (c == '!' && !text) {
        json.append(truth(literal, ++i));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }

  private static boolean truth(String literal, int digit) throws MalformedModelException {
    char c = digit < literal.length() ? literal.charAt(digit) : ' ';
    if (c != '0' && c != '1') {
      throw new MalformedModelException("the bundle exports an expression, and no literal");
    }
    return c == '0';
  }

  private static JsonNode parse(String json) throws MalformedModelException {
    try {
      JsonNode value = mapper(json.length()).readTree(json);
      if (value.isMissingNode()) throw new MalformedModelException("the bundle exports nothing");
      return value;
    } catch (JacksonException e) {
      throw new MalformedModelException(
          "the bundle exports no literal: " + e.getOriginalMessage(), e);
    }
  }

  /// Takes nothing that a minifier would not write, and nothing twice.
  private static JsonMapper mapper(int length) {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxTokenCount(MAX_TOKENS)
            .maxNameLength(MAX_NAME)
            .maxNumberLength(MAX_NUMBER)
            .maxStringLength(length)
            .build();
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
