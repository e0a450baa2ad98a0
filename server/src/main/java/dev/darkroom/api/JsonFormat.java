package dev.darkroom.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// JSON as the contract has it: snake_case, times in UTC to the second, and no value taken for one
/// of another type.
@Configuration(proxyBeanMethods = false)
class JsonFormat {

  @Bean
  JsonMapperBuilderCustomizer contractJson() {
    return builder ->
        builder
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(
                new SimpleModule("contract")
                    .addSerializer(new ToTheSecond())
                    .addDeserializer(String.class, new TextOnly()));
  }

  private static final class ToTheSecond extends StdSerializer<Instant> {

    ToTheSecond() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
      json.writeString(value.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }

  /// Takes texts only, and none with a NUL, which PostgreSQL cannot keep.
  private static final class TextOnly extends StdDeserializer<String> {

    TextOnly() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, json);
      }
      var text = json.getString();
      if (text.indexOf('\0') >= 0) {
        return (String)
            context.handleWeirdStringValue(String.class, text, "a text without NUL characters");
      }
      return text;
    }
  }
}
