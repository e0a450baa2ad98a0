-- Whether the remote captioner and the remote moderator may be asked; no row where one was never out. Shared by all
-- nodes, so that an outage that one of them meets keeps all of them from asking.
CREATE TABLE provider_gate (
  provider    text        PRIMARY KEY,
  -- Counts how often the gate closed or opened, and fences its changes.
  version     bigint      NOT NULL,
  -- In a row; 0 is an open gate.
  failures    integer     NOT NULL CHECK (failures >= 0),
  -- A closed gate lets one request through from then on.
  open_at     timestamptz NOT NULL,
  -- That request is under way; no other until then.
  probe_until timestamptz,
  -- Asked too often, rather than out.
  busy        boolean     NOT NULL DEFAULT false,
  -- Part of a sentence, without secrets.
  reason      text,
  CHECK ((failures = 0) = (reason IS NULL)),
  CHECK (failures > 0 OR probe_until IS NULL)
);
