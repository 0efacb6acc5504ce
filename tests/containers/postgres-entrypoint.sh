#!/usr/bin/env bash
# What deploy/compose.yaml uses of the official image's entrypoint: the first start makes the data and runs /docker-entrypoint-initdb.d.
set -euo pipefail
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    initdb --pgdata "$PGDATA" --username postgres --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-local trust --auth-host scram-sha-256 $POSTGRES_INITDB_ARGS
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    pg_ctl --pgdata "$PGDATA" --wait --options "-c listen_addresses=''" start
    for script in /docker-entrypoint-initdb.d/*.sh; do bash "$script"; done
    pg_ctl --pgdata "$PGDATA" --wait stop
fi
exec "$@"
