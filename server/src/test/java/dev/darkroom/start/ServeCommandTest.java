package dev.darkroom.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.Application;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeCommandTest {

  private static Map<String, String> properties(
      Map<String, String> environment, String... arguments) {
    var command = new ServeCommand(Application.class);
    var line =
        new CommandLine(command).setDefaultValueProvider(new EnvironmentDefaults(environment));
    var _ = line.parseArgs(arguments);
    return command.properties();
  }

  @Test
  void servesOn8080WithItsDataBesideByDefault() {
    String data = Path.of("data").toAbsolutePath().toString();
    assertThat(properties(Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "server.port", "8080", "darkroom.data", data, "darkroom.store", data + "/objects"));
  }

  @Test
  void takesEveryOption() {
    assertThat(
            properties(
                Map.of(),
                "--port=0",
                "--data=/srv/rooms",
                "--database-url=postgresql://db/rooms",
                "--store=/srv/images",
                "--public-url=https://images.example.com/",
                "--trusted-proxy=10.1.0.7",
                "--trusted-proxy=10.2.0.0/16,fd00::/8",
                "--allow-address=127.0.0.1/32:9000",
                "--allow-address=10.0.0.0/8,fd00::/8"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "server.port", "0",
                "darkroom.data", "/srv/rooms",
                "darkroom.database-url", "postgresql://db/rooms",
                "darkroom.store", "/srv/images",
                "darkroom.public-url", "https://images.example.com",
                "darkroom.trusted-proxies", "10.1.0.7,10.2.0.0/16,fd00::/8",
                "darkroom.fetch.allow-addresses", "127.0.0.1/32:9000,10.0.0.0/8,fd00::/8"));
  }

  @Test
  void takesTheEnvironmentWhereAnOptionIsNotGiven() {
    var environment =
        Map.of(
            "DARKROOM_PORT", "9000",
            "DARKROOM_DATA", "/srv/rooms",
            "DARKROOM_STORE", "",
            "DARKROOM_PUBLIC_URL", "https://images.example.com",
            "DARKROOM_ALLOW_ADDRESS", "10.0.0.0/8,127.0.0.1/32");
    assertThat(properties(environment, "--port=9001"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "server.port", "9001",
                "darkroom.data", "/srv/rooms",
                "darkroom.store", "/srv/rooms/objects",
                "darkroom.public-url", "https://images.example.com",
                "darkroom.fetch.allow-addresses", "10.0.0.0/8,127.0.0.1/32"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0/33", "10.1.0.*", "proxy.example", "fd00::/129"})
  void takesNoProxyThatIsNeitherAnAddressNorANetwork(String proxy) {
    assertThatThrownBy(() -> properties(Map.of(), "--trusted-proxy=" + proxy))
        .hasMessageContaining("'%s' is neither an address nor a network".formatted(proxy));
  }

  @Test
  void takesWhereItsFiguresTracesAndLogsGo() {
    assertThat(
            properties(
                Map.of("DARKROOM_LOG_FORMAT", "json", "DARKROOM_TRACE_SAMPLING", "0.5"),
                "--management-port=9090",
                "--otlp-endpoint=http://127.0.0.1:4318/v1/traces"))
        .containsEntry("management.server.address", "127.0.0.1")
        .containsEntry("management.server.port", "9090")
        .containsEntry(
            "management.opentelemetry.tracing.export.otlp.endpoint",
            "http://127.0.0.1:4318/v1/traces")
        .containsEntry("management.tracing.sampling.probability", "0.5")
        .containsEntry("logging.structured.format.console", "ecs");
    assertThat(properties(Map.of(), "--management-port=0.0.0.0:9090", "--log-format=text"))
        .containsEntry("management.server.address", "0.0.0.0")
        .doesNotContainKey("logging.structured.format.console");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--management-port=host:none",
        "--otlp-endpoint=4318",
        "--trace-sampling=2",
        "--log-format=xml"
      })
  void refusesWhatNoneOfThemCanBe(String argument) {
    assertThatThrownBy(() -> properties(Map.of(), argument))
        .isInstanceOf(CommandLine.ParameterException.class);
  }

  @Test
  void takesABucketForTheStoreAsItIs() {
    assertThat(properties(Map.of("DARKROOM_STORE", "s3://images/darkroom/"), "--data=/srv/rooms"))
        .containsEntry("darkroom.store", "s3://images/darkroom");
    assertThat(properties(Map.of(), "--store=s3://images"))
        .containsEntry("darkroom.store", "s3://images");
    assertThat(properties(Map.of(), "--store=images"))
        .containsEntry("darkroom.store", Path.of("images").toAbsolutePath().toString());
  }
}
