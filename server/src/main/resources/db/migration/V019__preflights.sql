-- What an upload of an archive would come to, looked at without an upload. A dataset has the latest only.
CREATE TABLE preflight (
  id                   bigint      PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  dataset_id           bigint      NOT NULL UNIQUE REFERENCES dataset ON DELETE CASCADE,
  organization_id      bigint      NOT NULL REFERENCES organization ON DELETE CASCADE,
  request_id           text        NOT NULL,
  legacy               boolean     NOT NULL,
  automatic_captioning boolean     NOT NULL,
  state                text        NOT NULL CHECK (state IN ('pending', 'processing', 'completed', 'failed')),
  -- Scheme, host and path. The whole URL is sealed, and wiped when the preflight is final.
  source_shown         text        NOT NULL,
  source_sealed        bytea,
  -- The version of the archive that is read, pinned by the plan. None where it is streamed.
  source_version       jsonb,
  -- How much of an archive without ranges has passed by, in per cent.
  streamed             integer     NOT NULL DEFAULT 0,
  total                integer     NOT NULL DEFAULT 0,
  ignored              integer     NOT NULL DEFAULT 0,
  done                 integer     NOT NULL DEFAULT 0,
  failed               integer     NOT NULL DEFAULT 0,
  undetermined         integer     NOT NULL DEFAULT 0,
  failure_status       integer,
  failure_type         text,
  failure_message      text,
  failure_limit        bigint,
  failure_actual       bigint,
  created_at           timestamptz NOT NULL,
  started_at           timestamptz,
  finished_at          timestamptz,
  CHECK (done + failed + undetermined <= total),
  CHECK ((state IN ('completed', 'failed')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'failed') = (failure_type IS NOT NULL)),
  CHECK (state <> 'completed' OR done + failed + undetermined = total),
  CHECK ((source_sealed IS NULL) = (finished_at IS NOT NULL))
);
CREATE INDEX ON preflight (organization_id) WHERE finished_at IS NULL;
CREATE INDEX ON preflight (finished_at) WHERE finished_at IS NOT NULL;

-- The images of a chunk that is still to be looked at, with their captions, as the plan made them.
CREATE TABLE preflight_chunk (
  preflight_id bigint  NOT NULL REFERENCES preflight ON DELETE CASCADE,
  number       integer NOT NULL,
  images       jsonb   NOT NULL,
  PRIMARY KEY (preflight_id, number)
);

-- The entries that an upload would refuse or ignore.
CREATE TABLE preflight_entry (
  preflight_id   bigint  NOT NULL REFERENCES preflight ON DELETE CASCADE,
  ordinal        integer NOT NULL,
  name           text    NOT NULL,
  ignored_reason text,
  failure_status integer,
  failure_type   text,
  failure_message text,
  failure_limit  bigint,
  failure_actual bigint,
  PRIMARY KEY (preflight_id, ordinal),
  CHECK ((ignored_reason IS NULL) = (failure_type IS NOT NULL))
);
