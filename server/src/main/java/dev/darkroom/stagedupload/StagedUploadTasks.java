package dev.darkroom.stagedupload;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.darkroom.api.OpenPath;
import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the rest of the server is told of staged uploads: who needs no token, which limits there
/// are, and that those are forgotten whose time is over.
@Configuration(proxyBeanMethods = false)
class StagedUploadTasks {

  private static final FixedDelay FORGET_PAUSE = FixedDelay.of(Duration.ofMinutes(1));

  @Bean
  OpenPath uploadCapabilities() {
    return new OpenPath("OPTIONS", "/uploads");
  }

  @Bean
  LimitSource stagedUploadLimits() {
    return () ->
        List.of(
            new Limit("max-staged-uploads", StagedIntake.MAX_OPEN),
            new Limit("max-checked-bytes", Reception.CHECKED_BYTES),
            new Limit("max-upload-pieces", Reception.MAX_PIECES));
  }

  /// Their bytes are left to the clean-up.
  @Bean
  Task<Void> stagedUploadForgetting(StagedUploads uploads) {
    return Tasks.recurring("staged-upload-forgetting", FORGET_PAUSE)
        .execute((_, _) -> {
          var _ = uploads.forgetExpired();
        });
  }
}
