-- A job's captions, all written anew or those that are missing. Its id is the job's: a bulk upload that goes on with its
-- captions, or a job of its own.
CREATE TABLE caption_run (
  id         bigint      PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  dataset_id bigint      NOT NULL REFERENCES dataset ON DELETE CASCADE,
  state      text        NOT NULL CHECK (state IN ('running', 'completed', 'cancelled')),
  total      integer     NOT NULL,
  done       integer     NOT NULL DEFAULT 0,
  failed     integer     NOT NULL DEFAULT 0,
  -- The image was deleted before its caption was written.
  skipped    integer     NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  CHECK (done + failed + skipped <= total),
  CHECK (state <> 'completed' OR done + failed + skipped = total)
);
CREATE INDEX ON caption_run (dataset_id);

-- An image of a run that goes on. Images with the same bytes are in the same batch, and get the same caption.
CREATE TABLE caption_item (
  run_id           bigint  NOT NULL REFERENCES caption_run ON DELETE CASCADE,
  number           integer NOT NULL,
  dataset_image_id bigint  REFERENCES dataset_image ON DELETE SET NULL,
  sha256           bytea   NOT NULL,
  -- The number of the step that captions the image.
  batch            integer NOT NULL,
  state            text    NOT NULL CHECK (state IN ('open', 'done', 'failed', 'skipped')),
  PRIMARY KEY (run_id, number)
);
CREATE INDEX ON caption_item (run_id, batch);
CREATE INDEX ON caption_item (dataset_image_id);

-- What wrote an automatic caption, and the hash of the visual schema that it was written under.
ALTER TABLE dataset_image ADD caption_author text;
ALTER TABLE dataset_image ADD caption_schema_hash text;

-- Whether captions are generated at all: decided when the upload is accepted. What becomes of them is in its run.
ALTER TABLE bulk_upload ADD generates_captions boolean NOT NULL DEFAULT false;
ALTER TABLE bulk_upload DROP COLUMN captions_done;
ALTER TABLE bulk_upload DROP COLUMN captions_failed;
