-- Of an image that failed and is whole, the thumbnail is kept for the report. Its entry refers to the object as an image
-- of a dataset does, but to the thumbnail alone: the clean-up deletes the original, where one was put, and notes it. Who
-- announces the object again may put the original again.
ALTER TABLE bulk_upload_entry
  ADD COLUMN thumbnail_object_id bigint REFERENCES stored_object,
  ADD CHECK (thumbnail_object_id IS NULL OR state = 'failed');
CREATE INDEX ON bulk_upload_entry (thumbnail_object_id) WHERE thumbnail_object_id IS NOT NULL;
ALTER TABLE stored_object ADD COLUMN original_deleted boolean NOT NULL DEFAULT false;

-- What failed, by its reason. By the type and not by the state, so that an image that passes changes no indexed column.
CREATE INDEX ON bulk_upload_entry (bulk_upload_id, failure_type, ordinal) WHERE failure_type IS NOT NULL;
