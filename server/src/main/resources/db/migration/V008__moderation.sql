-- A moderated image is ingested first, which nobody sees and nothing counts, and done or failed with its verdict.
ALTER TABLE bulk_upload ADD content_moderation boolean NOT NULL DEFAULT false;
ALTER TABLE bulk_upload_entry DROP CONSTRAINT bulk_upload_entry_state_check;
ALTER TABLE bulk_upload_entry ADD CONSTRAINT bulk_upload_entry_state_check
  CHECK (state IN ('planned', 'ingested', 'done', 'failed', 'ignored'));
