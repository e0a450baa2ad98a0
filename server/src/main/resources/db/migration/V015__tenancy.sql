-- A null quota is the server's. An organization that is to be purged is worked off by any node, and then its row goes.
-- The uploads of one day (UTC) are counted, so that deleting what they made gives none back.
ALTER TABLE organization
  ADD COLUMN purge_requested_at    timestamptz,
  ADD COLUMN quota_storage_bytes   bigint  CHECK (quota_storage_bytes >= 0),
  ADD COLUMN quota_uploads_running integer CHECK (quota_uploads_running >= 0),
  ADD COLUMN quota_uploads_per_day integer CHECK (quota_uploads_per_day >= 0),
  ADD COLUMN upload_day            date,
  ADD COLUMN uploads_on_day        integer NOT NULL DEFAULT 0;
CREATE INDEX ON organization (id) WHERE purge_requested_at IS NOT NULL;

-- A rotated token works beside the one that supersedes it until it expires; the name is the new one's.
ALTER TABLE api_token
  ADD COLUMN superseded_at timestamptz,
  ADD COLUMN last_used_at  timestamptz;
DROP INDEX api_token_organization_id_name_idx;
CREATE UNIQUE INDEX ON api_token (organization_id, name) WHERE revoked_at IS NULL AND superseded_at IS NULL;

-- The bytes of a dataset's images, seen or not: what quotas are compared with. Kept by the triggers below, so that
-- whatever adds or removes images, be it a cascade, moves it in the same transaction. An image's size never changes.
CREATE TABLE dataset_storage (
  dataset_id      bigint PRIMARY KEY REFERENCES dataset ON DELETE CASCADE,
  organization_id bigint NOT NULL,
  bytes           bigint NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX ON dataset_storage (organization_id);

INSERT INTO dataset_storage (dataset_id, organization_id, bytes)
SELECT dataset.id, dataset.organization_id, sum(size_bytes)
FROM dataset_image JOIN dataset ON dataset.id = dataset_id
GROUP BY dataset.id;

CREATE FUNCTION count_added_images() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dataset_storage AS storage (dataset_id, organization_id, bytes)
  SELECT dataset.id, dataset.organization_id, sum(added.size_bytes)
  FROM added JOIN dataset ON dataset.id = added.dataset_id
  GROUP BY dataset.id ORDER BY dataset.id
  ON CONFLICT (dataset_id) DO UPDATE SET bytes = storage.bytes + excluded.bytes;
  RETURN NULL;
END
$$;
CREATE TRIGGER count_added AFTER INSERT ON dataset_image
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_images();

CREATE FUNCTION count_removed_images() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE dataset_storage storage SET bytes = storage.bytes - gone.bytes
  FROM (SELECT dataset_id, sum(size_bytes) AS bytes FROM removed GROUP BY dataset_id) gone
  WHERE storage.dataset_id = gone.dataset_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER count_removed AFTER DELETE ON dataset_image
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_removed_images();
