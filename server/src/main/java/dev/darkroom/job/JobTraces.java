package dev.darkroom.job;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/// Takes the trace and the id of a request over to the steps of the job that it begins, on whatever
/// node they run, so that both tell of the whole way of an upload. Each run of a step is a span of
/// that trace, and counted and timed as `darkroom.step`.
@Component
final class JobTraces {

  private static final String REQUEST_ID = "request_id";
  private static final String JOB_ID = "job_id";

  private final ObservationRegistry observations;

  JobTraces(ObservationRegistry observations) {
    this.observations = observations;
  }

  /// What a job comes from that is begun on this thread now.
  JobOrigin current() {
    Map<String, String> headers = new HashMap<>();
    var context =
        new SenderContext<Map<String, String>>(
            (carrier, key, value) -> headers.put(key, value), Kind.PRODUCER);
    context.setCarrier(headers);
    Observation.createNotStarted("darkroom.job.begin", () -> context, observations)
        .observe(() -> {});
    return new JobOrigin(MDC.get(REQUEST_ID), headers.get(JobOrigin.TRACEPARENT));
  }

  /// Runs a step as a part of what its job comes from.
  <T> T observe(StepId step, JobOrigin origin, Supplier<T> run) {
    var context = new ReceiverContext<Map<String, String>>(Map::get, Kind.CONSUMER);
    context.setCarrier(origin.traceHeaders());
    try (var _ = MDC.putCloseable(JOB_ID, Long.toString(step.jobId()));
        var _ = MDC.putCloseable(REQUEST_ID, origin.requestId())) {
      return Observation.createNotStarted("darkroom.step", () -> context, observations)
          .contextualName(step.task())
          .lowCardinalityKeyValue("task", step.task())
          .highCardinalityKeyValue(JOB_ID, Long.toString(step.jobId()))
          .highCardinalityKeyValue("step", Integer.toString(step.number()))
          .observe(run);
    }
  }
}
