#!/usr/bin/env bash
# ./bc backup [file] [--containers]: one moment of all databases, taken while the system works, and beside it the keys (file.keys).
# Why nothing of RabbitMQ's messages has to be in it: docs/decisions/0017-backups.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/containers.sh"
source "$here/backups.sh"

file=''
stack=live
for argument in "$@"; do
    case $argument in
        --containers) stack=containers ;;
        -*) fail "backup knows --containers, not $argument." ;;
        *)
            [[ -z $file ]] || fail "backup takes one file name, or none."
            file=$argument
            ;;
    esac
done

use_stack "$stack"
file=$(realpath -m "${file:-$RUN_DIR/backups/$(date -u +%Y%m%dT%H%M%SZ).tar.gz}")
if [[ $stack == containers ]]; then
    require_docker
    require_up_in_containers
else
    require_running
fi
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
copy_databases || fail "the databases could not be copied, or the copy is damaged."
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
