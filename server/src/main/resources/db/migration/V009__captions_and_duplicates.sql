-- The caption that a metadata file gives to an image (Legacy). A text file of its own goes before it.
ALTER TABLE bulk_upload_entry
  ADD COLUMN caption text,
  ADD CHECK (caption IS NULL OR caption_ordinal IS NULL);
