package dev.darkroom.captioning;

import dev.darkroom.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A node in a process of its own whose captioner asks a [CaptionCounter] for every caption.
final class CaptionWorker {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private CaptionWorker() {}

  static final class Configuration {
    @Bean
    @Primary
    TestCaptioner askingCaptioner(@Value("${test.counter}") String counter) {
      var captioner = new TestCaptioner();
      captioner.become((size, usual) -> {
        ask(counter + "/" + size);
        return usual;
      });
      return captioner;
    }
  }

  private static void ask(String url) throws InterruptedException {
    try {
      var _ = HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs until it is killed.
  ///
  /// @param arguments properties, as `--name=value`
  public static void main(String[] arguments) {
    var application = new SpringApplication(Application.class);
    application.addPrimarySources(List.of(Configuration.class));
    var _ = application.run(arguments);
    System.out.println("the worker is ready");
  }
}
