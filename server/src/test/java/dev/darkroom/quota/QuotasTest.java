package dev.darkroom.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.Quota;
import dev.darkroom.failure.FailureException;
import dev.darkroom.quota.QuotaFailure.StorageExceeded;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

class QuotasTest {

  private static TestServer server;
  private static Quotas quotas;
  private static TransactionTemplate transaction;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    quotas = server.bean(Quotas.class);
    transaction = server.bean(TransactionTemplate.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void admitsUpToTheLimitAndNotAByteMore() {
    long id = organization("bounded", 100L);
    transaction.executeWithoutResult(_ -> quotas.requireRoom(id, 100));
    assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> quotas.requireRoom(id, 101)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isEqualTo(new StorageExceeded(100L, 101L)));
  }

  @Test
  void admitsNothingMoreWhereTheQuotaWasLoweredAndNothingStillFits() {
    long id = organization("lowered", 0L);
    transaction.executeWithoutResult(_ -> quotas.requireRoom(id, 0));
    assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> quotas.requireRoom(id, 1)))
        .isInstanceOf(FailureException.class);
  }

  @Test
  void isAskedWithinTheTransactionThatAdds() {
    long id = organization("outside", 100L);
    assertThatThrownBy(() -> quotas.requireRoom(id, 1))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  /// The second waits for what the first adds.
  @Test
  void hasTwoAskOneAfterTheOther() throws Exception {
    long id = organization("both", 100L);
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              transaction.executeWithoutResult(_ -> {
                quotas.requireRoom(id, 60);
                asked.countDown();
                awaitUninterruptibly(go);
                store(id, 60);
              }));
      asked.await();
      var second =
          threads.submit(() -> transaction.executeWithoutResult(_ -> quotas.requireRoom(id, 60)));
      go.countDown();
      first.get();
      assertThatThrownBy(second::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(FailureException.class);
    }
  }

  private static long organization(String name, Long storageBytes) {
    var organizations = server.bean(Organizations.class);
    long id = organizations.create(name).id();
    organizations.setQuota(id, new Quota(storageBytes, null, null));
    return id;
  }

  /// As an image of so many bytes does.
  private static void store(long organizationId, long bytes) {
    server
        .jdbc()
        .sql(
            """
            WITH project AS (
              INSERT INTO project (organization_id, project_name, project_description, ip_name, ip_description,
                                   ip_medium, ip_type, status, created_at)
              VALUES (:organizationId, 'p', '', '', '', 'photography', 'other', 'active', now()) RETURNING id),
            dataset AS (
              INSERT INTO dataset (organization_id, project_id, name, training_version, status,
                                   captions_update_status, upload_type, created_at, updated_at)
              SELECT :organizationId, id, 'd', 'fibo', 'draft', 'empty', 'basic', now(), now() FROM project
              RETURNING id),
            object AS (
              INSERT INTO stored_object (object_key, created_at) VALUES ('test/quota', now()) RETURNING id)
            INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, width, height,
                                       format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at)
            SELECT dataset.id, object.id, 0, true, 'i', 1, 1, 'png', :bytes, sha256('i'), 0, false, '{}', now(), now()
            FROM dataset, object
            """)
        .param("organizationId", organizationId)
        .param("bytes", bytes)
        .update();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
