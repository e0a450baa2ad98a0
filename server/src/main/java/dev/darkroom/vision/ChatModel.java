package dev.darkroom.vision;

import dev.darkroom.provider.Answer;
import dev.darkroom.provider.Provider;
import dev.darkroom.vision.Question.Correction;
import dev.darkroom.vision.Question.Form;
import java.util.Base64;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A vision model behind `POST /chat/completions`. Remembers, until the program ends, which
/// response formats its server does not know: what such a format would have said is then said in
/// words. Safe for use by many threads at once.
final class ChatModel {

  private static final Logger log = LoggerFactory.getLogger(ChatModel.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Provider provider;
  private final RemoteCaptionerSettings settings;
  private volatile boolean knowsSchemas = true;
  private volatile boolean knowsObjects = true;

  ChatModel(Provider provider, RemoteCaptionerSettings settings) {
    this.provider = provider;
    this.settings = settings;
  }

  String author() {
    return provider.author();
  }

  int concurrency() {
    return settings.concurrency();
  }

  void requireOpen() {
    provider.requireOpen();
  }

  Reply ask(Question question) throws InterruptedException {
    while (true) {
      ObjectNode request = request(question);
      switch (provider.post("/chat/completions", request)) {
        case Answer.Given(var completion) -> {
          return Reply.of(completion);
        }
        case Answer.Unusable(var problem) -> {
          return new Reply.Useless(problem, new Correction(null, "It could not be read."));
        }
        case Answer.Refused refused -> {
          if (!forgetFormat(request, refused)) return notTaken(refused);
        }
      }
    }
  }

  private static Reply notTaken(Answer.Refused refused) {
    log.warn("The captioner does not take a request: {} {}", refused.status(), refused.said());
    return new Reply.NotTaken(refused.status());
  }

  /// True where the refusal is about the format of the request, which is then not used again.
  private boolean forgetFormat(ObjectNode request, Answer.Refused refused) {
    var format = request.at("/response_format/type").asString("");
    var said = refused.said().toLowerCase(Locale.ROOT);
    boolean about = said.contains("response_format") || said.contains("json_schema");
    if (format.isEmpty() || !about) return false;
    if (format.equals("json_schema")) knowsSchemas = false;
    else knowsObjects = false;
    log.warn(
        "The captioner's server does not take the response format {}: {}; it is told in words from now on",
        format,
        refused.said());
    return true;
  }

  private ObjectNode request(Question question) {
    // Once for the whole request: another thread may learn otherwise meanwhile.
    boolean bySchema = knowsSchemas;
    var request = JSON.objectNode().put("model", provider.model());
    var messages = request.putArray("messages");
    messages.addObject().put("role", "system").put("content", question.role());
    var content = messages.addObject().put("role", "user").putArray("content");
    content.addObject().put("type", "text").put("text", textOf(question, bySchema));
    question.jpegs().forEach(jpeg -> show(content, jpeg));
    if (question.correction() != null) correct(messages, question.correction());
    format(request, question.form(), bySchema);
    return request.put(settings.tokenLimitField(), settings.maxTokens());
  }

  private static String textOf(Question question, boolean bySchema) {
    return question.form() instanceof Form.Following(var schema) && !bySchema
        ? question.text() + Prompts.schema(schema)
        : question.text();
  }

  private static void show(ArrayNode content, byte[] jpeg) {
    var url = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    content.addObject().put("type", "image_url").putObject("image_url").put("url", url);
  }

  private static void correct(ArrayNode messages, Correction correction) {
    var reply = correction.reply() == null ? "(no reply)" : correction.reply();
    messages.addObject().put("role", "assistant").put("content", reply);
    messages
        .addObject()
        .put("role", "user")
        .put("content", Prompts.correction(correction.problem()));
  }

  private void format(ObjectNode request, Form form, boolean bySchema) {
    switch (form) {
      case Form.PlainText _ -> {}
      case Form.Following(var schema) when bySchema -> {
        var format = request.putObject("response_format").put("type", "json_schema");
        format
            .putObject("json_schema")
            .put("name", "caption")
            .put("strict", true)
            .set("schema", JsonMapper.shared().readTree(schema));
      }
      case Form.Following _, Form.AnyObject _ -> {
        if (knowsObjects) request.putObject("response_format").put("type", "json_object");
      }
    }
  }
}
