#!/usr/bin/env bash
# Run once by the image of PostgreSQL, while its volume is still empty: the roles and the ownership of the database, then the
# passwords, which exist only in the secret files.
#
# The image sources a script that is not executable: everything is in a subshell, so that the image's own settings stay as they are.
(
    set -euo pipefail
    secrets=${BINHYEN_SECRETS:-/run/secrets}
    cluster=${BINHYEN_CLUSTER_SQL:-/etc/binhyen/cluster.sql}

    sql() { psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"; }

    for role in app migrate backup; do
        [ -s "$secrets/${role}_password" ] || {
            echo "Thiếu $secrets/${role}_password. Gõ: docker/make-secrets.sh, rồi docker compose down --volumes và chạy lại." >&2
            exit 1
        }
    done

    sql --file="$cluster"
    for role in app migrate backup; do
        # psql reads the password itself, so it stands in no list of processes; and the server does not log the statement should it fail.
        SECRET_FILE="$secrets/${role}_password" sql --set=role="binhyen_$role" <<'SQL'
set log_min_error_statement = panic;
set log_statement = 'none';
\set password `cat "$SECRET_FILE"`
alter role :"role" password :'password';
SQL
    done
) || exit 1
