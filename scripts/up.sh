#!/usr/bin/env bash
# ./bc up [--demo] [--detach]: the whole system on this machine.
# ./bc up --containers [--demo]: the same in Docker, left running.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib.sh"
source "$here/packages.sh"
source "$here/servers.sh"
source "$here/supervisord.sh"
source "$here/system.sh"
source "$here/backups.sh"
source "$here/containers.sh"

demo=''
detach=''
containers=''
for option in "$@"; do
    case $option in
        --demo) demo=yes ;;
        --detach) detach=yes ;;
        --containers) containers=yes ;;
        *) fail "up knows --demo, --detach and --containers, not $option." ;;
    esac
done

# One bc at a time per run directory: remembers our process, and refuses when another one is at work.
claim_run_dir() {
    local other
    other=$(cat "$RUN_DIR/up.pid" 2>/dev/null || true)
    if [[ -n $other && $(tr '\0' ' ' 2>/dev/null <"/proc/$other/cmdline") == *scripts/up.sh* ]]; then
        fail "another ./bc up (process $other) is at work here. ./bc status shows how it is, ./bc down stops it."
    fi
    ! supervisor_is_running || fail "the system is already running. ./bc status shows how it is, ./bc down stops it."
    echo $$ >"$RUN_DIR/up.pid"
}

# shellcheck disable=SC2317 # called by the trap
clean_up() {
    trap '' INT TERM HUP
    rm -f "$RUN_DIR/up.pid"
    [[ -z $leave_running ]] || return 0
    ! supervisor_is_running || say "Stopping"
    stop_supervisor
    end_leftovers
}

show_how_to_enter() {
    say "" "Better Connections runs at $(address gateway)" \
        "  sign in as   $ADMINISTRATOR"
    if [[ -e $RUN_DIR/secrets/administrator.shown ]]; then
        say "  password     printed at the first start; kept in $RUN_DIR/secrets/administrator"
    else
        say "  password     $(administrator_password)   (shown only this once; kept in $RUN_DIR/secrets/administrator)"
        touch "$RUN_DIR/secrets/administrator.shown"
    fi
    if [[ -n $containers ]]; then
        say "  people see   $(remembered PUBLIC_ADDRESS)   (another: PUBLIC_ADDRESS=https://… ./bc up --containers)"
        say "  ${COMPOSE[*]} --env-file $RUN_DIR/compose.env ps, logs, …" "  ./bc down --containers"
    else
        say "  RabbitMQ     $(address management)   user $RABBITMQ_USER, password in $RUN_DIR/secrets/rabbitmq" \
            "  ./bc status, ./bc logs [service], ./bc down"
    fi
}

demonstrate() {
    say "" "The demonstration"
    BC_ADMIN_USER=$ADMINISTRATOR BC_ADMIN_PASSWORD=$(administrator_password) run \
        dotnet "$RUN_DIR/app/current/Demo/BetterConnections.Demo.dll" --gateway "$(address gateway)" || result=$?
    ((result == 0)) || say "The demonstration failed with exit code $result."
}

result=0
if [[ -n $containers ]]; then
    use_stack containers
    require_docker
    require_dotnet
    make_run_dir
    trap_signals
    up_in_containers
    show_how_to_enter
    [[ -z $demo ]] || demonstrate
    exit "$result"
fi

use_stack live
mapfile -t processes < <(replicas && printf '%s\n' gateway postgres rabbitmq management erlang epmd)
require_dotnet
require_packages servers
make_run_dir
claim_run_dir
leave_running=''
trap clean_up EXIT
trap_signals

end_leftovers
require_free_ports "${processes[@]}"

say "Starting the servers"
prepare_postgres
prepare_rabbitmq
write_system_configuration
note_start
start_supervisor

# The servers come up while the build runs.
say "Building"
publish_system

# Again: the build takes a while, and services that find their ports taken only say so in their logs.
mapfile -t processes < <(replicas && echo gateway)
require_free_ports "${processes[@]}"

say "Starting"
wait_for_servers
create_databases
[[ ! -e $RUN_DIR/restored ]] || finish_restore
# This comes back when all have run for some seconds. What fails by then is tried again; health is what counts.
control start 'services:*' gateway >/dev/null &
starting=$!
wait_for_system
wait "$starting" || true
show_how_to_enter

[[ -z $demo ]] || demonstrate
if [[ -n $detach ]]; then
    leave_running=yes
    exit "$result"
fi

say "Ctrl-C stops it."
trap 'exit "$result"' INT TERM HUP
wait "$supervisor" || fail "supervisord ended by itself; see $RUN_DIR/log/supervisord.log"
say "Stopped by ./bc down."
exit "$result"
