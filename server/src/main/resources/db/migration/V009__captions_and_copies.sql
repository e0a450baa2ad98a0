-- The caption that a metadata file gives to an image (Legacy). A text file of its own goes before it.
ALTER TABLE bulk_upload_entry
  ADD COLUMN caption text,
  ADD CHECK (caption IS NULL OR caption_ordinal IS NULL);

-- Of images with the same bytes the first stays; an entry that is left out knows which.
ALTER TABLE bulk_upload
  ADD COLUMN deduplicate text NOT NULL DEFAULT 'none' CHECK (deduplicate IN ('none', 'exact'));
ALTER TABLE bulk_upload_entry
  ADD COLUMN sha256 bytea CHECK (octet_length(sha256) = 32),
  ADD COLUMN copy_of integer;
CREATE INDEX ON bulk_upload_entry (bulk_upload_id, sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX ON bulk_upload_entry (bulk_upload_id, copy_of) WHERE copy_of IS NOT NULL;
