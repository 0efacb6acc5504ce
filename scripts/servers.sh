# shellcheck shell=bash
# PostgreSQL and RabbitMQ of one stack: their data folders, their settings, and waiting until they answer.

RABBITMQ_USER="bc"

# The folder of PostgreSQL's programs: of the version that made the data, else the newest.
postgres_bin() {
    if [[ -s $RUN_DIR/postgres/PG_VERSION ]]; then
        echo "/usr/lib/postgresql/$(<"$RUN_DIR/postgres/PG_VERSION")/bin"
    else
        printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1
    fi
}

as_postgres() {
    if is_root; then runuser -u postgres -- "$@"; else "$@"; fi
}

prepare_postgres() {
    local data=$RUN_DIR/postgres password=$RUN_DIR/postgres.password
    [[ ! -s $data/PG_VERSION ]] || return 0
    if is_root && ! runuser -u postgres -- test -x "$RUN_DIR"; then
        fail "the user postgres cannot reach $RUN_DIR. Set BC_RUN_DIR to a folder it can pass to, for example /var/lib/betterconnections."
    fi
    rm -rf "$data"
    mkdir -m 700 "$data"
    # PostgreSQL's user cannot read our secrets, so initdb gets a copy of this one.
    (umask 077 && secret database-postgres >"$password")
    ! is_root || chown postgres: "$data" "$password"
    as_postgres "$(postgres_bin)/initdb" --pgdata "$data" --username postgres --pwfile "$password" \
        --auth scram-sha-256 --encoding UTF8 --locale C.UTF-8 >"$RUN_DIR/log/initdb.log" 2>&1 ||
        fail "initdb failed: $(tail -n 5 "$RUN_DIR/log/initdb.log")"
    rm "$password"
}

prepare_rabbitmq() {
    local home=$RUN_DIR/rabbitmq
    mkdir -p "$home"
    chmod 700 "$home"
    echo '[rabbitmq_management].' >"$home/enabled_plugins"
    (
        umask 077
        cat >"$home/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$(port rabbitmq)
management.tcp.ip = 127.0.0.1
management.tcp.port = $(port management)
default_user = $RABBITMQ_USER
default_pass = $(secret rabbitmq)
consumer_timeout = 604800000
CONF
    )
}

# postgres_connection ROLE DATABASE, in the form Npgsql reads.
postgres_connection() {
    echo "Host=127.0.0.1;Port=$(port postgres);Username=$1;Password=$(secret "database-$1");Database=$2"
}
rabbitmq_connection() { echo "amqp://$RABBITMQ_USER:$(secret rabbitmq)@127.0.0.1:$(port rabbitmq)"; }
rabbitmq_management() {
    local address
    if [[ $STACK == containers ]]; then address=$(container_address rabbitmq):15672; else address=127.0.0.1:$(port management); fi
    echo "http://$RABBITMQ_USER:$(secret rabbitmq)@$address"
}

postgres_answers() { "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$(port postgres)"; }

# The address goes to curl through a pipe, since command lines are public. RabbitMQ opens its AMQP port last.
rabbitmq_answers() {
    printf 'url = "%s/api/overview"\n' "$(rabbitmq_management)" | curl -fsS -o /dev/null -m 5 -K - 2>/dev/null &&
        is_listening "$(port rabbitmq)"
}

wait_for_servers() {
    wait_until postgres 60 postgres_answers && wait_until rabbitmq 90 rabbitmq_answers
}

# superuser_psql ARGUMENT...: stops at the first error.
superuser_psql() {
    local options=(--no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres)
    if [[ $STACK == containers ]]; then
        compose exec -T postgres psql "${options[@]}" "$@"
    else
        PGPASSWORD=$(secret database-postgres) "$(postgres_bin)/psql" --host 127.0.0.1 --port "$(port postgres)" "${options[@]}" "$@"
    fi
}

# create_databases [SERVICE...]: a role and a database for each, or for all services, which no other role may enter. Safe to run again.
create_databases() {
    local service
    (($#)) || set -- "${SERVICES[@]}"
    for service in "$@"; do
        printf '\\set service %s\n\\set password %s\n\\i %s\n' "$service" "$(secret "database-$service")" "'$REPO/deploy/postgres/database.sql'"
    done | superuser_psql --dbname postgres
}
