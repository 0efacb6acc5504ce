# shellcheck shell=bash
# What the product is measured beside: Directus, two processes of it under pm2, in a database of its own on the same PostgreSQL.

# start_peer: to be called while the system runs; what stops the system stops and wipes this too.
start_peer() {
    local home=$RUN_DIR/peer modules=$REPO/benchmarks/peers/node_modules node
    node=$modules/.bin/node
    require_free_ports peer
    mkdir -p "$home"
    chmod 700 "$home"
    (umask 077 && peer_settings >"$home/.env")
    superuser_psql --dbname postgres --command 'set client_min_messages = warning' --command 'drop database if exists peerdb with (force)'
    create_databases peer
    run env -C "$home" NODE_ENV=production "$node" "$modules/directus/cli.js" bootstrap >"$RUN_DIR/log/peer-bootstrap.log" 2>&1 ||
        fail "Directus could not set up its database: $(tail -n 20 "$RUN_DIR/log/peer-bootstrap.log")"
    superuser_psql --dbname peerdb --command 'set role peer' --file "$REPO/benchmarks/peers/devices.sql" >/dev/null
    program peer 300 "\"$node\" \"$modules/pm2/bin/pm2-runtime\" start \"$REPO/benchmarks/peers/directus.config.cjs\"" \
        killasgroup=true "directory=$home" "$(environment NODE_ENV=production PM2_HOME="$home/pm2")" >>"$RUN_DIR/supervisord.conf"
    control update peer >/dev/null
    wait_until peer 120 peer_answers || fail "Directus did not start."
}

peer_answers() { curl -fsS -o /dev/null -m 5 "$(address peer)/server/ping" 2>/dev/null; }

# As it is fastest while it still notes every change in its own history, as we do: the schema is not copied for each request, nothing is counted,
# and it does not refuse what comes while it is busy (a closed loop would be refused for ever). Answers are not cached, nor are ours.
peer_settings() {
    cat <<ENV
HOST=127.0.0.1
PORT=$(port peer)
PUBLIC_URL=$(address peer)
DB_CLIENT=pg
DB_HOST=127.0.0.1
DB_PORT=$(port postgres)
DB_USER=peer
DB_PASSWORD=$(secret database-peer)
DB_DATABASE=peerdb
SECRET=$(secret peer)
ADMIN_EMAIL=admin@example.com
ADMIN_PASSWORD=$(secret peer-administrator)
ADMIN_TOKEN=$(secret peer-token)
CACHE_SCHEMA_FREEZE_ENABLED=true
PRESSURE_LIMITER_ENABLED=false
RATE_LIMITER_ENABLED=false
SERVE_APP=false
TELEMETRY=false
LOG_LEVEL=warn
ENV
}
