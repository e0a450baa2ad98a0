package dev.darkroom.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Has Tomcat itself answer in the contract's shape, where it refuses a request that no filter ever
/// sees.
@Component
class TomcatErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final JsonMapper json;

  TomcatErrors(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      var host = (StandardHost) context.getParent();
      host.setErrorReportValveClass(Report.class.getName());
      host.getPipeline().addValve(new Report(json));
    });
  }

  private static final class Report extends ErrorReportValve {

    private final JsonMapper json;

    Report(JsonMapper json) {
      this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
      if (response.getStatus() < 400
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      var id = FailureResponses.requestId(request.getRequest());
      var body = ErrorBody.of(RequestFailures.ofStatus(response.getStatus()), id);
      response.setHeader(RequestId.HEADER, id.value());
      SecurityHeaders.set(response);
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      try {
        response.getOutputStream().write(json.writeValueAsBytes(body));
        response.finishResponse();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
