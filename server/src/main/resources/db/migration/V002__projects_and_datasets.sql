CREATE TABLE project (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id     bigint      NOT NULL REFERENCES organization,
  project_name        text        NOT NULL,
  project_description text        NOT NULL,
  ip_name             text        NOT NULL,
  ip_description      text        NOT NULL,
  ip_medium           text        NOT NULL CHECK (ip_medium IN ('photography', 'illustration')),
  ip_type             text        NOT NULL CHECK (ip_type IN (
                        'multi_object_set', 'object_variants', 'icons', 'defined_character', 'character_variants',
                        'stylized_scene', 'other')),
  training_version    text        CHECK (training_version IN ('fibo', 'max', 'light', '3.2', '2.3')),
  status              text        NOT NULL CHECK (status = 'active'),
  created_at          timestamptz NOT NULL
);
CREATE INDEX ON project (organization_id, id DESC);

CREATE TABLE dataset (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id        bigint      NOT NULL REFERENCES organization,
  project_id             bigint      NOT NULL REFERENCES project,
  name                   text        NOT NULL,
  training_version       text        NOT NULL CHECK (training_version IN ('fibo', 'max', 'light', '3.2', '2.3')),
  visual_schema          text,
  caption_prefix         text,
  status                 text        NOT NULL CHECK (status IN ('draft', 'completed')),
  captions_update_status text        NOT NULL CHECK (captions_update_status IN ('empty', 'in_progress', 'completed')),
  upload_type            text        NOT NULL CHECK (upload_type IN ('basic', 'advanced')),
  created_at             timestamptz NOT NULL,
  updated_at             timestamptz NOT NULL
);
CREATE INDEX ON dataset (organization_id, id DESC);
CREATE INDEX ON dataset (project_id, id DESC);

-- The bytes behind an image, or a spooled archive. The row is written before the bytes are and outlives every image
-- that refers to it; the clean-up deletes the bytes of rows that no image refers to, and then the row.
CREATE TABLE stored_object (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object_key     text        NOT NULL UNIQUE,
  bulk_upload_id bigint,
  state          text        NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'deleting')),
  created_at     timestamptz NOT NULL
);
CREATE INDEX ON stored_object (id) WHERE state = 'deleting';

-- An image is invisible until it is published. The facts describe the original bytes, width and height after the
-- EXIF orientation.
CREATE TABLE dataset_image (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dataset_id        bigint      NOT NULL REFERENCES dataset ON DELETE CASCADE,
  stored_object_id  bigint      NOT NULL REFERENCES stored_object,
  bulk_upload_id    bigint,
  ordinal           integer     NOT NULL,
  published         boolean     NOT NULL,
  image_name        text        NOT NULL,
  upload_source_url text,
  caption           text,
  caption_source    text        CHECK (caption_source IN ('automatic', 'manual')),
  width             integer     NOT NULL,
  height            integer     NOT NULL,
  format            text        NOT NULL CHECK (format IN ('jpeg', 'png', 'webp')),
  size_bytes        bigint      NOT NULL,
  sha256            bytea       NOT NULL CHECK (octet_length(sha256) = 32),
  perceptual_hash   bigint      NOT NULL,
  had_alpha         boolean     NOT NULL,
  exif              jsonb       NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  UNIQUE (bulk_upload_id, ordinal)
);
CREATE INDEX ON dataset_image (dataset_id);
CREATE INDEX ON dataset_image (dataset_id, ordinal, id) WHERE published;
CREATE INDEX ON dataset_image (stored_object_id);
