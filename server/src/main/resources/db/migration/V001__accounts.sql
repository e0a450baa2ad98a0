CREATE TABLE organization (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text        NOT NULL UNIQUE,
  created_at   timestamptz NOT NULL,
  suspended_at timestamptz
);

-- A token is known by the SHA-256 of its text only. Its webhook signing key is derived from that text once, when the
-- token is made, and kept sealed by the master key.
CREATE TABLE api_token (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id    bigint      NOT NULL REFERENCES organization,
  name               text        NOT NULL,
  scope              text        NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
  sha256             bytea       NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
  sealed_webhook_key bytea       NOT NULL,
  created_at         timestamptz NOT NULL,
  expires_at         timestamptz,
  revoked_at         timestamptz
);
-- A revoked token gives its name free for the one that follows it.
CREATE UNIQUE INDEX ON api_token (organization_id, name) WHERE revoked_at IS NULL;
