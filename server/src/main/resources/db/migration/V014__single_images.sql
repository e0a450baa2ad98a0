-- Until when bytes may be put that no job puts: those of an image that is uploaded by itself. The clean-up leaves them
-- alone until then.
ALTER TABLE stored_object ADD COLUMN put_until timestamptz;

-- The job that captions an image which was uploaded by itself. Its caption is pending while that runs. No reference: a
-- job goes with its dataset, and its id is never given again.
ALTER TABLE dataset_image ADD COLUMN caption_job_id bigint;
