#!/usr/bin/env bash
# ./bc restore file [--containers] [--force]: puts a backup in the place of the data; ./bc up then starts it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/containers.sh"
source "$here/backups.sh"

file=''
force=''
stack=live
option=''
for argument in "$@"; do
    case $argument in
        --force) force=yes ;;
        --containers) stack=containers option=' --containers' ;;
        -*) fail "restore knows --containers and --force, not $argument." ;;
        *)
            [[ -z $file ]] || fail "restore takes one file."
            file=$argument
            ;;
    esac
done
[[ -n $file ]] || fail "which backup? ./bc restore file"
[[ -r $file ]] || fail "there is no backup $file that can be read."

use_stack "$stack"
if [[ $stack == containers ]]; then
    require_docker
    ! is_up_in_containers || fail "the system is running in containers. ./bc down --containers stops it."
else
    ! supervisor_is_running || fail "the system is running in $RUN_DIR. ./bc down stops it."
fi
[[ -n $force ]] || ! has_data || fail "there is data in $RUN_DIR or its volumes. --force restores all the same and puts that data aside."
[[ $stack == containers ]] || require_packages servers
make_run_dir
end_leftovers

umask 077
staging=$(mktemp -d "$RUN_DIR/restoring.XXXXXX")
trap 'rm -rf "$staging"' EXIT
trap_signals

say "Unpacking"
unpack || fail "$file is damaged or no backup."
[[ $(about format) == 1 ]] || fail "$file is no backup that this release can read."
[[ $stack == containers ]] || check_databases # else where PostgreSQL is, while they are put there

# Its own keys where they lie beside it, else those that are here: but only the ones its data was sealed with.
if [[ -e $file.keys ]]; then
    tar -C "$staging" -xzf "$file.keys" || fail "$file.keys is damaged; nothing was changed."
else
    cp -R "$RUN_DIR/secrets" "$staging"
fi
[[ -s $staging/secrets/key-encryption-key && $(RUN_DIR=$staging key_fingerprint) == $(about key) ]] ||
    fail "the keys of this backup are neither in $file.keys nor in $RUN_DIR/secrets. Nothing was changed."

aside=$RUN_DIR/replaced-$(date -u +%Y%m%dT%H%M%SZ)
[[ $stack != containers ]] || fill_volumes
mkdir "$aside"
for part in postgres rabbitmq secrets restored; do
    [[ ! -e $RUN_DIR/$part ]] || mv "$RUN_DIR/$part" "$aside"
done
rmdir --ignore-fail-on-non-empty "$aside"/secrets "$aside" 2>/dev/null || true # a fresh folder had nothing to replace
mkdir "$RUN_DIR/restored"
mv "$staging/queues.json" "$RUN_DIR/restored"
mv "$staging/secrets" "$RUN_DIR"
if [[ $stack == containers ]]; then write_compose_environment; else put_databases; fi

say "Restored what was there at $(about taken). ./bc up$option starts it."
[[ $stack != containers ]] || say "People will see it at $(remembered PUBLIC_ADDRESS); PUBLIC_ADDRESS=https://… ./bc up --containers names another address."
[[ ! -e $aside ]] || say "What it replaced is in $aside${option:+, and in the volumes of $(project) in folders of this name}."
