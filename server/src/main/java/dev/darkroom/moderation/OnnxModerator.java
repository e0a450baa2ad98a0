package dev.darkroom.moderation;

import dev.darkroom.failure.FailureException;
import dev.darkroom.moderation.ModerationFailure.ModelUnavailable;
import dev.darkroom.moderation.ModerationFailure.PictureUnusable;
import dev.darkroom.moderation.Verdict.Undecided;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Judges on this machine, by a model that knows sexual content only. It is loaded when the first
/// picture comes; where that fails the moderator is out, and the next picture tries it again.
///
/// At most one picture for each core is judged at a time, since a run keeps its thread. Whoever
/// closes the moderator waits for the runs under way, because the session is freed memory then.
final class OnnxModerator implements Moderator, AutoCloseable {

  private static final boolean FAIR = true;

  private final ModelCache model;
  private final double threshold;
  private final int runs = Runtime.getRuntime().availableProcessors();
  private final Semaphore permits = new Semaphore(runs, FAIR);

  private final Object loading = new Object();
  private volatile @Nullable ModelSession session;
  private volatile boolean closed;

  OnnxModerator(ModelCache model, double threshold) {
    this.model = model;
    this.threshold = threshold;
  }

  @Override
  public String name() {
    return PublishedModel.NAME + ", on this machine";
  }

  @Override
  public Verdict judge(byte[] jpeg) throws InterruptedException {
    // The picture is decoded in turn, too: its pixels are many times its bytes.
    permits.acquire();
    try {
      var scores = ModelScores.of(run(ModelPixels.of(jpeg)));
      return scores.areUsable()
          ? scores.verdict(threshold)
          : undecided("its scores are no numbers");
    } catch (IOException e) {
      return undecided("its thumbnail cannot be read: " + e.getMessage());
    } finally {
      permits.release();
    }
  }

  private static Verdict undecided(String reason) {
    return new Undecided(new PictureUnusable(reason));
  }

  private float[] run(float[] pixels) {
    try {
      return session().scores(pixels);
    } catch (IOException e) {
      throw new FailureException(new ModelUnavailable(), e);
    }
  }

  /// The session, which nobody closes as long as the caller holds a permit.
  private ModelSession session() throws IOException {
    if (closed) throw new IOException("the server stops");
    var opened = session;
    if (opened != null) return opened;
    synchronized (loading) {
      var loaded = session;
      if (loaded == null) {
        loaded = ModelSession.open(model.read());
        session = loaded;
      }
      return loaded;
    }
  }

  @Override
  public void close() {
    closed = true; // those who wait give up
    permits.acquireUninterruptibly(runs);
    try {
      var opened = session;
      session = null;
      if (opened != null) opened.close();
    } finally {
      permits.release(runs);
    }
  }
}
