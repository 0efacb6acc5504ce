#!/usr/bin/env bash
# ./bc backup [file]: one moment of all databases, taken while the system works, and beside it the keys (file.keys).
# Why nothing of RabbitMQ's messages has to be in it: docs/decisions/0017-backups.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/backups.sh"

use_stack live
(($# <= 1)) || fail "backup takes one file name, or none."
file=$(realpath -m "${1:-$RUN_DIR/backups/$(date -u +%Y%m%dT%H%M%SZ).tar.gz}")
require_running
for taken in "$file" "$file.keys"; do
    [[ ! -e $taken ]] || fail "$taken is there already; a backup overwrites nothing."
done

umask 077
mkdir -p "$(dirname "$file")"
staging=$(mktemp -d "$file.XXXXXX") # beside it, so that the last step is only a change of name
trap 'rm -rf "$staging"' EXIT
trap_signals

started=$SECONDS
say "Copying the databases"
PGPASSWORD=$(secret database-postgres) run "$(postgres_bin)/pg_basebackup" --host 127.0.0.1 --port "$(port postgres)" \
    --username postgres --no-password --pgdata "$staging/postgres" --wal-method stream --checkpoint fast ||
    fail "the databases could not be copied."
run "$(postgres_bin)/pg_verifybackup" --quiet "$staging/postgres" || fail "the copy of the databases is damaged."
broker_definitions >"$staging/queues.json" || fail "RabbitMQ does not tell which queues there are."
describe_backup >"$staging/about"

say "Packing"
run tar -C "$staging" -czf "$staging/packed" about queues.json postgres || fail "the backup could not be packed."
tar -C "$RUN_DIR" -czf "$staging/keys" secrets
sync "$staging/packed" "$staging/keys"
mv "$staging/keys" "$file.keys"
mv "$staging/packed" "$file"
say "Backed up in $((SECONDS - started)) s:" \
    "  $file   $(du -h "$file" | cut -f 1), all data, personal data too" \
    "  $file.keys   the passwords, and the key without which nobody can sign in: keep it somewhere else"
