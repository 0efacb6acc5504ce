#!/usr/bin/env bash
# ./bc restore file [--force]: puts a backup in the place of the data; ./bc up then starts it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/backups.sh"

file=''
force=''
for argument in "$@"; do
    case $argument in
        --force) force=yes ;;
        -*) fail "restore knows --force, not $argument." ;;
        *)
            [[ -z $file ]] || fail "restore takes one file."
            file=$argument
            ;;
    esac
done
[[ -n $file ]] || fail "which backup? ./bc restore file"
[[ -r $file ]] || fail "there is no backup $file that can be read."

use_stack live
! supervisor_is_running || fail "the system is running in $RUN_DIR. ./bc down stops it."
[[ -n $force || ! -e $RUN_DIR/postgres ]] ||
    fail "there is data in $RUN_DIR. --force restores all the same and puts that data aside."
require_packages servers
make_run_dir
end_leftovers

umask 077
staging=$(mktemp -d "$RUN_DIR/restoring.XXXXXX")
trap 'rm -rf "$staging"' EXIT
trap_signals

say "Unpacking"
run tar -C "$staging" -xzf "$file" || fail "$file is damaged or no backup."
[[ $(about format) == 1 ]] || fail "$file is no backup that this release can read."
programs=/usr/lib/postgresql/$(about postgres)/bin
[[ -x $programs/postgres ]] || fail "the backup needs PostgreSQL $(about postgres), which is not installed."
run "$programs/pg_verifybackup" --quiet "$staging/postgres" || fail "$file is damaged; nothing was changed."

# Its own keys where they lie beside it, else those that are here: but only the ones its data was sealed with.
if [[ -e $file.keys ]]; then
    tar -C "$staging" -xzf "$file.keys" || fail "$file.keys is damaged; nothing was changed."
else
    cp -R "$RUN_DIR/secrets" "$staging"
fi
[[ -s $staging/secrets/key-encryption-key && $(RUN_DIR=$staging key_fingerprint) == $(about key) ]] ||
    fail "the keys of this backup are neither in $file.keys nor in $RUN_DIR/secrets. Nothing was changed."

aside=$RUN_DIR/replaced-$(date -u +%Y%m%dT%H%M%SZ)
mkdir "$aside"
for part in postgres rabbitmq secrets restored; do
    [[ ! -e $RUN_DIR/$part ]] || mv "$RUN_DIR/$part" "$aside"
done
rmdir --ignore-fail-on-non-empty "$aside"/secrets "$aside" 2>/dev/null || true # a fresh folder had nothing to replace
mkdir "$RUN_DIR/restored"
mv "$staging/queues.json" "$RUN_DIR/restored"
mv "$staging/secrets" "$RUN_DIR"
! is_root || chown -R postgres: "$staging/postgres"
mv "$staging/postgres" "$RUN_DIR"

say "Restored what was there at $(about taken). ./bc up starts it."
[[ ! -e $aside ]] || say "What it replaced is in $aside."
