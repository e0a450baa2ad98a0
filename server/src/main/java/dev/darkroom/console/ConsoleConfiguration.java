package dev.darkroom.console;

import dev.darkroom.api.OpenPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Joins the console to the server: its headers, its failures, and the files that its pages load.
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

  /// Its folder has the version as its name.
  private static final String HTMX =
      "classpath*:META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js";

  private final ConsoleHeaders headers;
  private final ConsoleFailures failures;
  private final Map<Resource, String> digests = new ConcurrentHashMap<>();

  ConsoleConfiguration(ConsoleHeaders headers, ConsoleFailures failures) {
    this.headers = headers;
    this.failures = failures;
  }

  /// Who is to sign in has no session yet, and who signs out may have none any more.
  @Bean
  static OpenPath signIn() {
    return new OpenPath("/console/(sign-in|sign-out|assets/[a-z0-9.-]+)");
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(headers).addPathPatterns(ConsolePaths.HOME, ConsolePaths.PAGES);
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.addFirst(failures);
  }

  /// Browsers ask each time, and get a file only where it has changed: a page never runs with the
  /// scripts of another version of the server.
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(ConsolePaths.ASSETS)
        .addResourceLocations(new ClassPathResource("console/assets/"), htmx())
        .setCacheControl(CacheControl.noCache())
        .setUseLastModified(false)
        .setEtagGenerator(asset -> digests.computeIfAbsent(asset, ConsoleConfiguration::digest));
  }

  private static Resource htmx() {
    try {
      return new PathMatchingResourcePatternResolver().getResources(HTMX)[0].createRelative("./");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Resource asset) {
    try (var bytes = asset.getInputStream()) {
      return "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
