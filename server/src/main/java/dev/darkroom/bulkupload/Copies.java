package dev.darkroom.bulkupload;

import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.NewImage;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Leaves copies out of an upload (`deduplicate: exact`). Of images with the same bytes the first
/// in the archive stays, whichever was read first; the others become ignored entries that name it,
/// and one of their captions is its own where it has none. Runs in the transaction of a settlement
/// and under the job's lock, so that no two settlements of an upload see each other's work half
/// done. Not to be asked about an upload that leaves no copies out.
@Component
final class Copies {

  private static final String KNOWN =
      """
      SELECT ordinal, name, state, encode(sha256, 'hex') AS sha256 FROM bulk_upload_entry
      WHERE bulk_upload_id = :uploadId AND state IN ('ingested', 'done', 'failed')
        AND sha256 IN (SELECT decode(digest, 'hex') FROM unnest(:digests::text[]) digest)
      """;
  private static final String NOTE =
      """
      UPDATE bulk_upload_entry entry SET sha256 = decode(staying.sha256, 'hex')
      FROM unnest(:ordinals::int[], :digests::text[]) AS staying (ordinal, sha256)
      WHERE entry.bulk_upload_id = :uploadId AND entry.ordinal = staying.ordinal
      """;
  // The copies of an image that is left out are copies of the one that stays. Two statements, each
  // with an index of its own: one with OR may read all entries of the upload.
  private static final String LEAVE_OUT =
      """
      UPDATE bulk_upload_entry SET state = 'ignored', copy_of = :stays, ignored_reason = :reason
      WHERE bulk_upload_id = :uploadId AND ordinal = :ordinal
      """;
  private static final String LEAVE_OUT_COPIES =
      """
      UPDATE bulk_upload_entry SET state = 'ignored', copy_of = :stays, ignored_reason = :reason
      WHERE bulk_upload_id = :uploadId AND copy_of = :ordinal
      """;
  private static final String FAIL =
      """
      UPDATE bulk_upload_entry copy SET state = 'failed', ignored_reason = NULL,
        failure_status = refused.failure_status, failure_type = refused.failure_type,
        failure_message = refused.failure_message, failure_limit = refused.failure_limit,
        failure_actual = refused.failure_actual
      FROM bulk_upload_entry refused
      WHERE refused.bulk_upload_id = :uploadId AND refused.ordinal = :ordinal
        AND copy.bulk_upload_id = :uploadId AND copy.copy_of = :ordinal AND copy.state = 'ignored'
      RETURNING copy.ordinal
      """;

  private static final String ORIGINAL_OF =
      """
      SELECT coalesce(copy_of, ordinal) AS ordinal FROM bulk_upload_entry
      WHERE bulk_upload_id = :uploadId AND ordinal = :ordinal
      """;

  private final JdbcClient jdbc;
  private final BulkUploads uploads;
  private final DatasetImages images;
  private final StoredObjects objects;

  Copies(JdbcClient jdbc, BulkUploads uploads, DatasetImages images, StoredObjects objects) {
    this.jdbc = jdbc;
    this.uploads = uploads;
    this.images = images;
    this.objects = objects;
  }

  /// The images of a chunk that stay.
  ///
  /// @param judged the ordinals of those whose bytes the moderator has passed already
  record Staying(List<NewImage> images, List<Integer> judged) {

    Staying {
      images = List.copyOf(images);
      judged = List.copyOf(judged);
    }

    static Staying all(List<NewImage> images) {
      return new Staying(images, List.of());
    }

    List<Integer> ordinals() {
      return images.stream().map(NewImage::ordinal).toList();
    }

    List<Integer> unjudged() {
      Set<Integer> done = new HashSet<>(judged);
      return ordinals().stream().filter(ordinal -> !done.contains(ordinal)).toList();
    }
  }

  /// An image with bytes that are met again.
  ///
  /// @param state null of an image of this chunk
  private record Known(int ordinal, String name, @Nullable String state) {
    boolean is(String wanted) {
      return wanted.equals(state);
    }

    String reason() {
      return "a copy of %s (ordinal %d)".formatted(name, ordinal);
    }
  }

  /// Leaves out copies, among a chunk's images that passed and among those settled before.
  ///
  /// @param passed in archive order
  Staying leaveOut(BulkUpload upload, List<NewImage> passed) {
    Map<String, Known> known = known(upload.id(), passed);
    Map<Integer, NewImage> staying = new LinkedHashMap<>();
    List<Integer> judged = new ArrayList<>();
    for (NewImage image : passed) {
      Known other = known.get(image.facts().sha256());
      var self = new Known(image.ordinal(), image.imageName(), null);
      if (other != null && (other.is("failed") || other.ordinal() < image.ordinal())) {
        leaveOut(upload, self, other);
        handOn(image, other, staying);
        continue;
      }
      NewImage stays = image;
      if (other != null) {
        stays =
            images
                .removeUnpublished(upload.id(), other.ordinal())
                .map(image::orCaption)
                .orElse(image);
        leaveOut(upload, other, self);
        if (other.is("done")) judged.add(image.ordinal());
      }
      staying.put(image.ordinal(), stays);
      known.put(image.facts().sha256(), self);
    }
    List<NewImage> kept = List.copyOf(staying.values());
    note(upload.id(), kept);
    return new Staying(kept, judged);
  }

  /// Keeps a copy's caption for the one that stays, which is among this chunk's or settled before.
  private void handOn(NewImage copy, Known stays, Map<Integer, NewImage> staying) {
    String text = copy.caption();
    if (text == null) return;
    if (staying.computeIfPresent(stays.ordinal(), (_, image) -> image.orCaption(text)) == null) {
      images.provideCaption(copy.bulkUploadId(), stays.ordinal(), text);
    }
  }

  /// The image that a verdict is about: one that was left out while the moderator looked at it has
  /// the bytes of the one that stays.
  int originalOf(long uploadId, int ordinal) {
    return jdbc.sql(ORIGINAL_OF)
        .param("uploadId", uploadId)
        .param("ordinal", ordinal)
        .query((row, _) -> row.getInt("ordinal"))
        .single();
  }

  /// Fails the copies of an image that the moderator refused, for the same reason, and marks their
  /// bytes as ones that are to go.
  List<ObjectKey> fail(BulkUpload upload, int refused) {
    List<ObjectKey> failed =
        jdbc.sql(FAIL)
            .param("uploadId", upload.id())
            .param("ordinal", refused)
            .query((row, _) -> upload.imageKey(row.getInt("ordinal")))
            .list();
    failed.forEach(objects::doom);
    uploads.copiesFailed(upload.id(), failed.size());
    return failed;
  }

  private void leaveOut(BulkUpload upload, Known copy, Known stays) {
    for (String update : List.of(LEAVE_OUT, LEAVE_OUT_COPIES)) {
      jdbc.sql(update)
          .param("uploadId", upload.id())
          .param("ordinal", copy.ordinal())
          .param("stays", stays.ordinal())
          .param("reason", stays.reason())
          .update();
    }
    uploads.leftOut(upload.id(), 1, copy.is("done") ? 1 : 0);
    if (stays.is("failed")) {
      var _ = fail(upload, stays.ordinal());
    }
  }

  private Map<String, Known> known(long uploadId, List<NewImage> images) {
    Map<String, Known> known = new HashMap<>();
    jdbc.sql(KNOWN)
        .param("uploadId", uploadId)
        .param("digests", digests(images))
        .query(row -> {
          var image =
              new Known(row.getInt("ordinal"), row.getString("name"), row.getString("state"));
          known.put(row.getString("sha256"), image);
        });
    return known;
  }

  private void note(long uploadId, List<NewImage> staying) {
    jdbc.sql(NOTE)
        .param("uploadId", uploadId)
        .param("ordinals", staying.stream().map(NewImage::ordinal).toArray(Integer[]::new))
        .param("digests", digests(staying))
        .update();
  }

  private static String[] digests(List<NewImage> images) {
    return images.stream().map(image -> image.facts().sha256()).toArray(String[]::new);
  }
}
