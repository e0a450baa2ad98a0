-- An upload beyond those that its organization may have going waits: its plan is not with the scheduler yet.
ALTER TABLE bulk_upload
  ADD COLUMN admitted boolean NOT NULL DEFAULT true,
  ADD CHECK (admitted OR state IN ('pending', 'failed'));
CREATE INDEX ON bulk_upload (organization_id, id) WHERE state IN ('pending', 'processing');
