package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import picocli.CommandLine.Option;

/// Holds the tables of docs/settings.md to the records that are bound from them.
class DocumentedSettingsTest {

  private static final String SETTINGS = "docs/settings.md";
  private static final String LIMITS = "darkroom.limits";

  /// A parameter of a settings record's one constructor.
  private record Setting(Class<?> owner, String prefix, Parameter parameter) {

    String name() {
      return parameter.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    String property() {
      return prefix + "." + name();
    }

    String variable() {
      return DocumentedSettingsTest.variable(property());
    }

    /// What the record says; empty where it has none.
    String defaultText() {
      var value = parameter.getAnnotation(DefaultValue.class);
      return value == null ? "" : String.join(",", value.value());
    }
  }

  @Test
  void theLimitsTableHasEveryLimitWithItsDefault() throws ClassNotFoundException {
    Map<String, String> documented =
        Documents.rows(SETTINGS, "## Limits").stream()
            .filter(row -> row.getFirst().startsWith("`"))
            .collect(Collectors.toMap(List::getFirst, row -> number(row.get(1))));
    Map<String, String> limits =
        allSettings().stream()
            .filter(setting -> setting.prefix().equals(LIMITS))
            .collect(Collectors.toMap(setting -> "`" + setting.name() + "`", Setting::defaultText));
    assertThat(documented).isEqualTo(limits);
  }

  @Test
  void everyOtherSettingIsDocumentedWithItsDefault() throws ClassNotFoundException {
    var rows = Documents.rows(SETTINGS, "## Fine tuning");
    Map<String, String> documented =
        rows.stream()
            .filter(row -> row.getFirst().startsWith("`"))
            .collect(Collectors.toMap(List::getFirst, row -> row.get(1).replace("`", "")));
    Map<String, String> settings =
        fineSettings().stream()
            .collect(
                Collectors.toMap(setting -> "`" + setting.variable() + "`", Setting::defaultText));
    assertThat(documented).isEqualTo(settings);
  }

  @Test
  void everyOptionOfServeIsDocumentedWithItsVariable() throws ClassNotFoundException {
    var documented =
        Documents.rows(SETTINGS, "## Options of serve").stream()
            .filter(row -> row.getFirst().startsWith("`--"))
            .map(row -> row.getFirst().split("[ `]", -1)[1] + " " + row.get(1).replace("`", ""));
    var options =
        Stream.of(Class.forName("dev.darkroom.start.ServeCommand").getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(Option.class))
            .map(field -> field.getAnnotation(Option.class).names()[0])
            .map(option -> option + " " + variable("darkroom" + option.substring(1)));
    assertThat(documented).containsExactlyElementsOf(options.toList());
  }

  /// A value that none of them can have is refused, so the variable does arrive.
  @Test
  void everyDocumentedVariableArrives() throws ClassNotFoundException {
    List<Setting> settings = new ArrayList<>(fineSettings());
    allSettings().stream()
        .filter(setting -> setting.prefix().equals(LIMITS))
        .forEach(settings::add);
    assertThat(settings)
        .allSatisfy(setting ->
            assertThatThrownBy(() -> bind(setting, "nonsense")).isInstanceOf(BindException.class));
  }

  private static void bind(Setting setting, String value) {
    var environment =
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            Map.of(setting.variable(), value));
    new Binder(ConfigurationPropertySources.from(environment))
        .bindOrCreate(setting.prefix(), setting.owner());
  }

  /// All settings that are neither a limit nor an option of `serve`.
  private static List<Setting> fineSettings() throws ClassNotFoundException {
    var options =
        List.of(
            "darkroom.data",
            "darkroom.database-url",
            "darkroom.secret",
            "darkroom.fetch.allow-addresses");
    return allSettings().stream()
        .filter(setting -> !setting.prefix().equals(LIMITS))
        .filter(setting -> !options.contains(setting.property()))
        .toList();
  }

  private static List<Setting> allSettings() throws ClassNotFoundException {
    var scan = new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<Setting> settings = new ArrayList<>();
    for (var definition : scan.findCandidateComponents("dev.darkroom")) {
      settings.addAll(settings(Class.forName(definition.getBeanClassName())));
    }
    return settings;
  }

  private static List<Setting> settings(Class<?> type) {
    String prefix = type.getAnnotation(ConfigurationProperties.class).value();
    return Stream.of(type.getDeclaredConstructors()[0].getParameters())
        .map(parameter -> new Setting(type, prefix, parameter))
        .toList();
  }

  private static String variable(String property) {
    return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /// `5 368 709 120 (5 GiB)` is 5368709120.
  private static String number(String text) {
    return text.replaceFirst("\\(.*", "").replaceAll("\\D", "");
  }
}
