-- A ZIP that is on its way to the server, or there (tus 1.0). Its bytes from 0 to `received` are stored, without a gap.
CREATE TABLE staged_upload (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id bigint      NOT NULL REFERENCES organization ON DELETE CASCADE,
  length          bigint      NOT NULL CHECK (length >= 0),
  received        bigint      NOT NULL DEFAULT 0,
  pieces          integer     NOT NULL DEFAULT 0,
  -- Who writes: each request that sends bytes takes the next number, and only the last one adds any.
  writer          bigint      NOT NULL DEFAULT 0,
  -- Upload-Metadata as it was sent, and the file's name in it.
  metadata        text,
  file_name       text,
  state           text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'spent')),
  -- The job of the bulk upload that reads it. No reference: a job goes with its dataset, and its id is never given again.
  job_id          bigint UNIQUE,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  CHECK (received BETWEEN 0 AND length),
  CHECK ((state = 'open') = (job_id IS NULL)),
  CHECK (state = 'open' OR received = length)
);
CREATE INDEX ON staged_upload (organization_id);
CREATE INDEX ON staged_upload (expires_at);

-- The bytes of a staged upload, each piece an object of its own.
CREATE TABLE staged_piece (
  staged_upload_id bigint NOT NULL REFERENCES staged_upload ON DELETE CASCADE,
  start            bigint NOT NULL,
  length           bigint NOT NULL CHECK (length > 0),
  stored_object_id bigint NOT NULL REFERENCES stored_object,
  PRIMARY KEY (staged_upload_id, start)
);
CREATE INDEX ON staged_piece (stored_object_id);

-- What reads a staged upload in place of a URL. No reference: the upload is forgotten some time after it was read.
ALTER TABLE bulk_upload ADD COLUMN staged_upload_id bigint;
ALTER TABLE preflight ADD COLUMN staged_upload_id bigint;
ALTER TABLE preflight DROP CONSTRAINT preflight_check4;
ALTER TABLE preflight ADD CHECK ((source_sealed IS NULL) = (finished_at IS NOT NULL OR staged_upload_id IS NOT NULL));
