-- One bulk upload per dataset, for ever: the unique constraint is the rule.
CREATE TABLE bulk_upload (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dataset_id           bigint      NOT NULL UNIQUE REFERENCES dataset ON DELETE CASCADE,
  organization_id      bigint      NOT NULL REFERENCES organization,
  request_id           text        NOT NULL,
  legacy               boolean     NOT NULL,
  automatic_captioning boolean     NOT NULL,
  state                text        NOT NULL CHECK (state IN ('pending', 'processing', 'completed', 'failed')),
  phase                text        NOT NULL CHECK (phase IN (
                         'waiting', 'reading', 'ingesting', 'moderating', 'captioning', 'finished')),
  -- Scheme, host and path. The whole URL is sealed, and wiped when the upload is final.
  source_shown         text        NOT NULL,
  source_sealed        bytea,
  -- The version of the archive that is read, pinned by the plan: another one is another archive.
  source_version       jsonb,
  -- Whether the archive was stored first, because its server gives no ranges.
  spooled              boolean     NOT NULL DEFAULT false,
  total                integer     NOT NULL DEFAULT 0,
  ignored              integer     NOT NULL DEFAULT 0,
  done                 integer     NOT NULL DEFAULT 0,
  failed               integer     NOT NULL DEFAULT 0,
  captions_done        integer     NOT NULL DEFAULT 0,
  captions_failed      integer     NOT NULL DEFAULT 0,
  captions_skipped     integer     NOT NULL DEFAULT 0,
  outage_since         timestamptz,
  failure_status       integer,
  failure_type         text,
  failure_message      text,
  failure_limit        bigint,
  failure_actual       bigint,
  created_at           timestamptz NOT NULL,
  started_at           timestamptz,
  finished_at          timestamptz,
  CHECK (done + failed <= total),
  CHECK ((state IN ('completed', 'failed')) = (phase = 'finished')),
  CHECK ((state IN ('completed', 'failed')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'failed') = (failure_type IS NOT NULL)),
  CHECK (state <> 'completed' OR done + failed = total),
  CHECK (state NOT IN ('completed', 'failed') OR source_sealed IS NULL)
);

-- A piece of the work on an upload, each a task of the scheduler: the plan, every chunk of images, the end. The
-- attempt counts how often it began, and fences its writes; tries leaves out those that were handed back.
CREATE TABLE bulk_upload_step (
  bulk_upload_id bigint  NOT NULL REFERENCES bulk_upload ON DELETE CASCADE,
  task           text    NOT NULL CHECK (task IN ('plan', 'ingest', 'finish')),
  number         integer NOT NULL,
  state          text    NOT NULL CHECK (state IN ('waiting', 'scheduled', 'settled')),
  attempt        integer NOT NULL DEFAULT 0,
  tries          integer NOT NULL DEFAULT 0,
  PRIMARY KEY (bulk_upload_id, task, number)
);

-- Every entry of the archive's directory; the ordinal is its place there. An image belongs to a chunk.
CREATE TABLE bulk_upload_entry (
  bulk_upload_id   bigint  NOT NULL REFERENCES bulk_upload ON DELETE CASCADE,
  ordinal          integer NOT NULL,
  name             text    NOT NULL,
  state            text    NOT NULL CHECK (state IN ('planned', 'done', 'failed', 'ignored')),
  -- The number of the ingest step that reads the image.
  chunk            integer,
  -- The text entry that holds the image's caption (Legacy).
  caption_ordinal  integer,
  -- The directory's record of an entry that is to be read.
  directory_record jsonb,
  ignored_reason   text,
  failure_status   integer,
  failure_type     text,
  failure_message  text,
  failure_limit    bigint,
  failure_actual   bigint,
  PRIMARY KEY (bulk_upload_id, ordinal),
  CHECK ((state = 'failed') = (failure_type IS NOT NULL)),
  CHECK ((state = 'ignored') = (ignored_reason IS NOT NULL))
);
CREATE INDEX ON bulk_upload_entry (bulk_upload_id, chunk) WHERE chunk IS NOT NULL;
