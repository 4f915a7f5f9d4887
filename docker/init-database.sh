#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: both roles, their passwords, the database.
set -eu

here="${ROLES_FOLDER:-/docker}"
export SECRETS="${SECRETS:-/run/secrets}"

psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -f "$here/roles.sql"
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres <<'SQL'
\set owner_password `cat "$SECRETS/app_owner_password"`
\set web_password `cat "$SECRETS/app_web_password"`
ALTER ROLE app_owner PASSWORD :'owner_password';
ALTER ROLE app_web PASSWORD :'web_password';
SQL
