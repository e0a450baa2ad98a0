-- What a job that waits out an outage waits for: what the status of its upload says, and the health endpoint.
ALTER TABLE job ADD COLUMN outage_type text;
ALTER TABLE job ADD COLUMN outage_message text;
CREATE INDEX ON job (outage_since) WHERE outage_since IS NOT NULL;
