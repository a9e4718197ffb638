#!/bin/sh
# Run once by the database's image: the owner who migrates, and the role that serves and may pass no wall.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username boss --dbname semainier <<SQL
CREATE ROLE semainier_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '$(cat /run/secrets/owner_password)';
CREATE ROLE semainier_portal LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '$(cat /run/secrets/portal_password)';
ALTER DATABASE semainier OWNER TO semainier_owner;
SQL
