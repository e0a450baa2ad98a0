-- Whom to tell how a job ended, and what. The key is the sealed one of the token that asked for the job; it is kept here,
-- so that the token may be revoked, and its row go.
CREATE TABLE webhook (
  job_id     bigint PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  message_id text   NOT NULL,
  -- Scheme, host and path. The whole URL is sealed, and forgotten with key and body at forget_at.
  url_shown  text   NOT NULL,
  url_sealed bytea,
  key_sealed bytea,
  report_url text   NOT NULL,
  -- Null until the job is over.
  body       text,
  -- While no delivery goes on, and one can be repeated.
  forget_at  timestamptz,
  CHECK ((url_sealed IS NULL) = (key_sealed IS NULL)),
  CHECK (forget_at IS NULL OR body IS NOT NULL),
  CHECK (body IS NULL OR url_sealed IS NOT NULL)
);
CREATE INDEX ON webhook (forget_at) WHERE forget_at IS NOT NULL;

-- A job of its own under the same id, on the dataset of the webhook's.
CREATE TABLE webhook_delivery (
  id          bigint      PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  webhook_id  bigint      NOT NULL REFERENCES webhook ON DELETE CASCADE,
  state       text        NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
  max_tries   integer     NOT NULL,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz,
  CHECK ((state = 'pending') = (finished_at IS NULL))
);
CREATE INDEX ON webhook_delivery (webhook_id);
CREATE UNIQUE INDEX ON webhook_delivery (webhook_id) WHERE state = 'pending';
CREATE INDEX ON webhook_delivery (finished_at);

-- What the receiver answered, or why it did not.
CREATE TABLE webhook_attempt (
  delivery_id bigint      NOT NULL REFERENCES webhook_delivery ON DELETE CASCADE,
  number      integer     NOT NULL,
  at          timestamptz NOT NULL,
  status_code integer,
  error_type  text,
  duration_ms bigint      NOT NULL,
  PRIMARY KEY (delivery_id, number),
  CHECK ((status_code IS NULL) <> (error_type IS NULL))
);
