# shellcheck shell=bash
# What backup, restore and the first start after a restore share. In containers PostgreSQL's programs are those of its image.
# shellcheck disable=SC2016,SC2154 # what a container's shell reads; staging, file and aside are the commands'

# The queues, exchanges and their bindings, without users.
broker_definitions() {
    printf 'url = "%s/api/definitions/%%2F"\n' "$(rabbitmq_management)" | curl -fsS -m 30 -K - "$@"
}

# The copy waits beside the data, where there is room for it and where PostgreSQL's user may write, until it has been sent.
COPY_IN_CONTAINER='
    copy=/var/lib/postgresql/backup
    trap "rm -rf $copy" EXIT
    rm -rf $copy
    mkdir -m 700 $copy
    pg_basebackup "$@" --username postgres --pgdata $copy/postgres
    pg_verifybackup --quiet $copy/postgres
    tar -C $copy -c postgres'

# One moment of all of them, into $staging/postgres.
copy_databases() {
    local options=(--no-password --wal-method stream --checkpoint fast)
    if [[ $STACK == containers ]]; then
        run compose exec -T postgres bash -euc "$COPY_IN_CONTAINER" bash "${options[@]}" >"$staging/postgres.tar" &&
            run tar -C "$staging" -xf "$staging/postgres.tar" && rm "$staging/postgres.tar"
    else
        PGPASSWORD=$(secret database-postgres) run "$(postgres_bin)/pg_basebackup" --host 127.0.0.1 --port "$(port postgres)" \
            "${options[@]}" --username postgres --pgdata "$staging/postgres" &&
            run "$(postgres_bin)/pg_verifybackup" --quiet "$staging/postgres"
    fi
}

# Tells whether keys belong to a backup without telling the key.
key_fingerprint() { key_encryption_key | sha256sum | cut -c 1-16; }

describe_backup() {
    say "format=1" "taken=$(date -u +%FT%TZ)" "postgres=$(<"$staging/postgres/PG_VERSION")" "key=$(key_fingerprint)" \
        "product=$(git -C "$REPO" rev-parse HEAD 2>/dev/null || echo unknown)"
}

# about NAME: what the unpacked backup in $staging says of itself.
about() { sed -n "s/^$1=//p" "$staging/about"; }

has_data() {
    if [[ $STACK == containers ]]; then docker volume inspect "$(project)_postgres" >/dev/null 2>&1; else [[ -e $RUN_DIR/postgres ]]; fi
}

# Of one that goes into volumes only what is needed here; to the end, which shows whether it is whole.
unpack() {
    local parts=()
    [[ $STACK != containers ]] || parts=(about queues.json)
    run tar -C "$staging" -xzf "$file" "${parts[@]}"
}

check_databases() {
    local programs
    programs=/usr/lib/postgresql/$(about postgres)/bin
    [[ -x $programs/postgres ]] || fail "the backup needs PostgreSQL $(about postgres), which is not installed."
    run "$programs/pg_verifybackup" --quiet "$staging/postgres" || fail "$file is damaged; nothing was changed."
}

# Who may connect is told by where they are now, not by where they came from.
put_databases() {
    printf 'host %s all 127.0.0.1/32 scram-sha-256\n' all replication >"$staging/postgres/pg_hba.conf"
    ! is_root || chown -R postgres: "$staging/postgres"
    mv "$staging/postgres" "$RUN_DIR"
}

# With the name of the folder for what is replaced, and PostgreSQL's version.
PUT_INTO_VOLUMES='
    [[ $(postgres --version) == *" $2."* ]] || { echo "bc: the backup needs PostgreSQL $2; POSTGRES_IMAGE names it." >&2; exit 1; }
    data=/var/lib/postgresql
    trap "rm -rf $data/restoring" EXIT
    mkdir -m 700 $data/restoring
    tar -C $data/restoring -xz postgres
    pg_verifybackup --quiet $data/restoring/postgres
    printf "%s\n" "local all all trust" "local replication all trust" "host all all all scram-sha-256" >$data/restoring/postgres/pg_hba.conf
    chown -R postgres: $data/restoring/postgres
    for volume in $data /var/lib/rabbitmq; do
        mkdir -m 700 $volume/$1
        chown --reference $volume $volume/$1
        find $volume -mindepth 1 -maxdepth 1 ! -name restoring ! -name "replaced-*" -exec mv -t $volume/$1 {} +
        rmdir --ignore-fail-on-non-empty $volume/$1
    done
    install -d -o postgres -g postgres "$(dirname "$PGDATA")"
    mv $data/restoring/postgres "$PGDATA"'

put_into_volumes() {
    exec docker run --rm --interactive --network none --user root --volume "$(project)_postgres:/var/lib/postgresql" --volume "$(project)_rabbitmq:/var/lib/rabbitmq" \
        --entrypoint bash "$(postgres_image)" -euc "$PUT_INTO_VOLUMES" bash "${aside##*/}" "$(about postgres)" <"$file"
}

# The volumes belong to whom their images say: so the containers are made first, with the keys that they will have.
fill_volumes() {
    [[ ! -e $RUN_DIR/compose.env ]] || cp "$RUN_DIR/compose.env" "$staging" # which images the last start was told
    local RUN_DIR=$staging result=0 fresh=''
    has_data || fresh=yes
    write_compose_environment
    run compose up --no-start postgres rabbitmq || fail "the volumes could not be made."
    run put_into_volumes || result=$?
    if ((result)); then
        take_down ${fresh:+--volumes}
        fail "$file is damaged or cannot be put there; nothing was changed."
    fi
    take_down
}

# Before any service runs: the queues first, for an event that finds no queue is gone, then the events.
finish_restore() {
    local service
    say "Sending again what was on its way when the backup was taken"
    broker_definitions -H 'content-type: application/json' --data-binary "@$RUN_DIR/restored/queues.json" ||
        fail "RabbitMQ did not take the queues of the backup; ./bc up tries again."
    for service in "${SERVICES[@]}"; do
        [[ $service == identity ]] || superuser_psql --dbname "${service}db" <"$REPO/scripts/resend.sql"
    done
    rm -r "$RUN_DIR/restored"
}
