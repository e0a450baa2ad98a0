-- Who asked for which change, and what became of it. Names are copied and nothing is referred to: an entry outlives the
-- organization, the token and the things that it tells of.
CREATE TABLE audit_entry (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL,
  request_id      text        NOT NULL,
  organization_id bigint      NOT NULL,
  organization    text,
  token_id        bigint      NOT NULL,
  token           text,
  method          text        NOT NULL,
  -- The template of the path, such as /tailored-gen/projects/{project_id}; null where nothing is served there.
  route           text,
  -- The ids that the path names, and as id that of what the request has made.
  things          jsonb       NOT NULL,
  status          integer     NOT NULL
);
CREATE INDEX ON audit_entry (at, id);
CREATE INDEX ON audit_entry (organization, at, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the audit log are never changed';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
