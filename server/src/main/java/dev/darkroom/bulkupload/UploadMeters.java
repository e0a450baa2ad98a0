package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts what becomes of images, as it is written down, and how many uploads go on.
@Component
final class UploadMeters {

  private static final String COUNT = "SELECT count(*) FROM bulk_upload WHERE state = :state";

  private final MeterRegistry registry;

  UploadMeters(MeterRegistry registry, JdbcClient jdbc) {
    this.registry = registry;
    for (var state : new BulkUploadState[] {BulkUploadState.PENDING, BulkUploadState.PROCESSING}) {
      Gauge.builder("darkroom.uploads", () -> count(jdbc, state))
          .description("Bulk uploads on all nodes that are not final")
          .tag("state", state.toString())
          .register(registry);
    }
  }

  private static double count(JdbcClient jdbc, BulkUploadState state) {
    return jdbc.sql(COUNT)
        .param("state", state.toString())
        .query((row, _) -> row.getDouble(1))
        .single();
  }

  void done(int images) {
    images("done", "", "").increment(images);
  }

  void failed(Failure failure) {
    images("failed", failure.type(), Integer.toString(failure.status())).increment();
  }

  /// @param failure null where the image is done after all
  void settled(@Nullable Failure failure) {
    if (failure == null) {
      done(1);
    } else {
      failed(failure);
    }
  }

  private Counter images(String outcome, String type, String code) {
    return Counter.builder("darkroom.images")
        .description("Images of bulk uploads, by what became of them")
        .tags("outcome", outcome, "type", type, "code", code)
        .register(registry);
  }

  void uploadCompleted() {
    Counter.builder("darkroom.uploads.completed")
        .description("Bulk uploads that came to their end")
        .register(registry)
        .increment();
  }

  /// An upload has failed as a whole.
  void uploadFailed(Failure failure) {
    Counter.builder("darkroom.uploads.failed")
        .description("Bulk uploads that failed as a whole")
        .tags("type", failure.type(), "code", Integer.toString(failure.status()))
        .register(registry)
        .increment();
  }
}
