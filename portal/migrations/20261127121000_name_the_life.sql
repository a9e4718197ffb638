-- The life of this database, as far as it stands in it: with the cluster's and the database's own numbers it tells practices whether
-- what they knew of versions still counts. A sequence, so that it is nobody's row; a restore sets it to another number.
CREATE SEQUENCE life;
GRANT SELECT, UPDATE ON SEQUENCE life TO semainier_portal;

-- Erased names that may come again, because an objection was lifted. What was erased stays noted: the portal's role takes nothing
-- from `erased`; a name that is erased anew goes from here.
CREATE TABLE readmitted (
  practice_id uuid NOT NULL REFERENCES practice,
  name_hash   bytea NOT NULL CHECK (octet_length(name_hash) = 32),
  PRIMARY KEY (practice_id, name_hash)
);
ALTER TABLE readmitted ENABLE ROW LEVEL SECURITY;
ALTER TABLE readmitted FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON readmitted USING (practice_id = app_practice()) WITH CHECK (practice_id = app_practice());
GRANT SELECT, INSERT, DELETE ON readmitted TO semainier_portal;
