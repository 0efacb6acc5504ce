# shellcheck shell=bash
# What backup, restore and the first start after a restore share.

# The queues, exchanges and their bindings, without users.
broker_definitions() {
    printf 'url = "%s/api/definitions/%%2F"\n' "$(rabbitmq_management)" | curl -fsS -m 30 -K - "$@"
}

# Tells whether keys belong to a backup without telling the key.
key_fingerprint() { key_encryption_key | sha256sum | cut -c 1-16; }

describe_backup() {
    say "format=1" "taken=$(date -u +%FT%TZ)" "postgres=$(<"$RUN_DIR/postgres/PG_VERSION")" "key=$(key_fingerprint)" \
        "product=$(git -C "$REPO" rev-parse HEAD 2>/dev/null || echo unknown)"
}

# about NAME: what the unpacked backup in $staging says of itself.
# shellcheck disable=SC2154 # restore.sh sets it
about() { sed -n "s/^$1=//p" "$staging/about"; }

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
