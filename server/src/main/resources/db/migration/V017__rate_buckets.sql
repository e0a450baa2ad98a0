-- How many calls each organization, and how many wrong tokens each address, may make still; shared by all nodes. The
-- state is Bucket4j's. Unlogged: a crash of the database fills all buckets, which harms nobody, and no call waits for
-- the disk.
CREATE UNLOGGED TABLE rate_bucket (
  id         text PRIMARY KEY,
  state      bytea,
  -- Milliseconds since 1970; a bucket is full by then.
  expires_at bigint
);
