package dev.darkroom.captioning;

import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.Picture;
import dev.darkroom.captioning.CaptionItems.PictureId;
import dev.darkroom.captioning.CaptioningFailure.Fault;
import dev.darkroom.dataset.ImageCaption;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.job.Attempt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// One attempt at the open pictures of a batch, all at once as far as there are lanes. Each caption
/// is written as soon as it is there, so that an attempt that ends early loses the calls that are
/// under way and nothing else.
final class CaptionBatch {

  /// Fewer than the tries of a step, which fail the whole run: at the last one a picture at which
  /// the captioner has a bug costs itself only.
  static final int MAX_TRIES = 3;

  private static final Logger log = LoggerFactory.getLogger(CaptionBatch.class);

  private final CaptionTools tools;
  private final CaptionRun run;
  private final Attempt attempt;
  private final AtomicReference<@Nullable Exception> outage = new AtomicReference<>();

  CaptionBatch(CaptionTools tools, CaptionRun run, Attempt attempt) {
    this.tools = tools;
    this.run = run;
    this.attempt = attempt;
  }

  /// Settles every picture, or fails, and then leaves open those that it could not settle.
  void settle(List<String> pictures) throws IOException, InterruptedException {
    List<Future<?>> captions = new ArrayList<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String sha256 : pictures) {
        var picture = new PictureId(run.id(), attempt.step().number(), sha256);
        captions.add(workers.submit(() -> caption(picture)));
      }
      try {
        for (Future<?> caption : captions) awaitEnd(caption);
      } finally {
        // Where this run is interrupted: what is under way would hold it up.
        workers.shutdownNow();
      }
    }
    attempt.handBackIfStopping();
    throwAny(captions);
  }

  /// @return nothing: a callable, so that it may throw
  private @Nullable Void caption(PictureId picture) throws IOException, InterruptedException {
    try (var _ = tools.lanes().take()) {
      if (outage.get() == null && !attempt.isStopping()) captionInLane(picture);
    } catch (IOException | FailureException | DataAccessException | TransactionException fault) {
      // The others of the batch would meet the same; those that are under way may yet come through.
      outage.compareAndSet(null, fault);
    }
    return null;
  }

  private void captionInLane(PictureId picture) throws IOException, InterruptedException {
    var caption = write(picture);
    tools.settlement().commit(picture, caption);
  }

  private ImageCaption write(PictureId picture) throws IOException, InterruptedException {
    for (var image = tools.items().findOpenImage(picture); image.isPresent(); ) {
      var found = tools.pictures().find(List.of(image.get())).get(image.get());
      if (found != null) return caption(picture, found);
      // It was deleted this moment, and another one may have the same bytes.
      image = tools.items().findOpenImage(picture);
    }
    return ImageCaption.none();
  }

  private ImageCaption caption(PictureId id, Picture picture)
      throws IOException, InterruptedException {
    return switch (ask(id, picture)) {
      case Captioning.Written written -> tools.captions().kept(run.form(), written);
      case Captioning.Failed(var failure) -> {
        log.warn(
            "caption run {}: no caption for the picture {}: {}: {}",
            run.id(),
            id.sha256(),
            failure.type(),
            failure.message());
        yield ImageCaption.none();
      }
    };
  }

  private Captioning ask(PictureId id, Picture picture) throws IOException, InterruptedException {
    try {
      return tools.captions().write(run.form(), picture);
    } catch (FailureException failed) {
      if (isToRetry(failed.failure().retry())) throw failed;
      return new Captioning.Failed(failed.failure());
    } catch (DataAccessException | TransactionException databaseOut) {
      throw databaseOut;
    } catch (RuntimeException bug) {
      if (attempt.tries() < MAX_TRIES) throw bug;
      log.error("caption run {}: the picture {} costs its caption", run.id(), id.sha256(), bug);
      return new Captioning.Failed(new Fault());
    }
  }

  private boolean isToRetry(Retry retry) {
    return switch (retry) {
      case NEVER -> false;
      case LATER -> attempt.tries() < MAX_TRIES;
      case WHEN_BACK -> true;
    };
  }

  private static void awaitEnd(Future<?> caption) throws InterruptedException {
    try {
      caption.get();
    } catch (ExecutionException _) {
      // Told when all have ended.
    }
  }

  /// An outage before a bug, which would count the try.
  private void throwAny(List<Future<?>> captions) throws IOException {
    switch (outage.get()) {
      case null -> {}
      case IOException fault -> throw fault;
      case RuntimeException fault -> throw fault;
      case Exception impossible -> throw new IllegalStateException(impossible);
    }
    for (Future<?> caption : captions) {
      if (caption.state() == Future.State.FAILED) throw bug(caption.exceptionNow());
    }
  }

  private static RuntimeException bug(Throwable fault) {
    return fault instanceof RuntimeException bug
        ? bug
        : new IllegalStateException("a picture could not be captioned", fault);
  }
}
