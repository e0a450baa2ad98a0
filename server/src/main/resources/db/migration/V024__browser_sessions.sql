-- Who has signed in to the console, on any node. A session is known by the SHA-256 of its secret only, and dies with the
-- token that it was begun with.
CREATE TABLE browser_session (
  sha256     bytea       PRIMARY KEY CHECK (octet_length(sha256) = 32),
  token_id   bigint      NOT NULL REFERENCES api_token ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON browser_session (token_id);
CREATE INDEX ON browser_session (expires_at);
