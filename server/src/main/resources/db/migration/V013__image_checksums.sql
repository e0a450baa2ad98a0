-- The CRC-32 of the original bytes, which an export needs before it reads them. Null for images that are older than
-- this column, until the first export of one.
ALTER TABLE dataset_image ADD COLUMN crc32 bigint CHECK (crc32 BETWEEN 0 AND 4294967295);
