-- Requests with an Idempotency-Key: under way, or answered and remembered. Both are dead from expires_at on.
CREATE TABLE idempotent_request (
  token_id   bigint      NOT NULL REFERENCES api_token ON DELETE CASCADE,
  -- HMAC of path, query and key.
  name       text        NOT NULL CHECK (length(name) = 64),
  -- Of the run that may write the answer. As long as it goes on, its node moves expires_at ahead.
  claim      uuid        NOT NULL UNIQUE,
  -- HMAC of the request's body.
  body       text        CHECK (length(body) = 64),
  -- Sealed by the master key: an answer may hold links that open without a token.
  answer     bytea,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (token_id, name),
  CHECK ((body IS NULL) = (answer IS NULL))
);
CREATE INDEX ON idempotent_request (expires_at);
