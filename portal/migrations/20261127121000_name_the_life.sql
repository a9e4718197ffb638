-- The life of this database, as far as it stands in it: with the cluster's and the database's own numbers it tells practices whether
-- what they knew of versions still counts. A sequence, so that it is nobody's row; a restore sets it to another number.
CREATE SEQUENCE life;
GRANT SELECT, UPDATE ON SEQUENCE life TO semainier_portal;
