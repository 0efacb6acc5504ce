# shellcheck shell=bash
# What every part shares: where a stack keeps its data, which ports it has, its secrets.
#
# A "stack" is one supervisord with its servers, its ports and its data. There are three, so that tests and measurements
# never touch what somebody works with: the one of `up` (.run, ports from 8480), the one of `test` (.run/test, ports from
# 8580) and the one of `bench` (.run/bench, ports from 8680). That of `up --containers` (.run/containers) has Docker instead.

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # read by the files that source this one
SERVICES=(identity inventory enrollment volunteer training evaluation)

declare -A PORT_OFFSET=(
    [gateway]=0 [identity]=1 [inventory]=2 [enrollment]=3 [volunteer]=4 [training]=5 [evaluation]=6
    [postgres]=10 [rabbitmq]=11 [management]=12 [erlang]=13 [epmd]=14 [peer]=15
)

say() { printf '%s\n' "$@"; }
fail() {
    printf 'bc: %s\n' "$*" >&2
    exit 1
}
is_root() { ((EUID == 0)); }

# use_stack live|containers|test|bench: sets STACK, RUN_DIR, PORT_BASE and the name of the setting that moves the ports.
use_stack() {
    STACK=$1
    RUN_DIR=$(realpath -m "${BC_RUN_DIR:-$REPO/.run}")
    PORT_SETTING=BC_PORT_BASE
    PORT_BASE=${BC_PORT_BASE:-8480}
    if [[ $1 == test ]]; then
        RUN_DIR+=/test
        PORT_SETTING=BC_TEST_PORT_BASE
        PORT_BASE=${BC_TEST_PORT_BASE:-8580}
    elif [[ $1 == containers ]]; then
        RUN_DIR+=/containers
        PORT_BASE=${BC_PORT_BASE:-$(sed -n 's/^GATEWAY_PORT=//p' "$RUN_DIR/compose.env" 2>/dev/null || true)} # of the start before this one
        PORT_BASE=${PORT_BASE:-8480}
    elif [[ $1 == bench ]]; then
        RUN_DIR+=/bench
        PORT_SETTING=BC_BENCH_PORT_BASE
        PORT_BASE=${BC_BENCH_PORT_BASE:-8680}
    fi
    REPLICAS=${BC_REPLICAS:-1}
    [[ $REPLICAS =~ ^[1-4]$ ]] || fail "BC_REPLICAS is \"$REPLICAS\"; it has to be a number from 1 to 4."
    [[ $PORT_BASE =~ ^[1-9][0-9]{3,4}$ ]] && ((PORT_BASE >= 1024 && PORT_BASE <= 65400)) && return
    fail "$PORT_SETTING is \"$PORT_BASE\"; it has to be a port number from 1024 to 65400."
}

# replicas [SERVICE...]: the names of their processes, inventory and inventory-2, …; of all services when none is named.
replicas() {
    local service number
    (($#)) || set -- "${SERVICES[@]}"
    for service in "$@"; do
        echo "$service"
        for ((number = 2; number <= REPLICAS; number++)); do echo "$service-$number"; done
    done
}

# The second replicas have ports twenty above the first ones', and so on.
port() {
    local number=1
    [[ $1 != *-* ]] || number=${1#*-}
    echo $((PORT_BASE + PORT_OFFSET[${1%-*}] + 20 * (number - 1)))
}

# Bash's own /dev/tcp, so that asking needs no tool that may be missing.
is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# require_free_ports NAME...: stops with the name of the setting to change when another program has one of them.
require_free_ports() {
    local name
    for name in "$@"; do
        is_listening "$(port "$name")" &&
            fail "port $(port "$name") (for $name) is taken by another program." \
                "Set $PORT_SETTING to move all ports, for example: $PORT_SETTING=$((PORT_BASE + 1000)) ./bc …"
    done
    return 0
}

# Makes the run directory. PostgreSQL refuses to run as root and is then a user of its own, who has to be able
# to pass through (not read) the directories above its data.
make_run_dir() {
    [[ $REPO$RUN_DIR != *[%\"]* ]] ||
        fail "supervisord cannot work in a path with a percent sign or a double quote: $REPO, $RUN_DIR"
    if ! mkdir -p "$RUN_DIR"/{log,secrets} 2>/dev/null || [[ ! -O $RUN_DIR ]]; then
        fail "$RUN_DIR cannot be written or belongs to another user. Remove it, or set BC_RUN_DIR to another folder."
    fi
    # A Unix socket's path may have 107 bytes; supervisord adds its pid while it creates one.
    ((${#RUN_DIR} <= 80)) || fail "the path $RUN_DIR is too long for a socket. Set BC_RUN_DIR to a shorter one."
    chmod 711 "$RUN_DIR"
    chmod 700 "$RUN_DIR/secrets" "$RUN_DIR/log"
}

# secret NAME [PREFIX]: prints the secret, made on first use and kept in a file only its owner reads.
secret() {
    local file=$RUN_DIR/secrets/$1
    if [[ ! -s $file ]]; then
        (
            umask 077
            printf '%s%s\n' "${2:-}" "$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')" >"$file"
        )
    fi
    cat "$file"
}

# run COMMAND...: runs it so that a signal reaches us at once; on_signal then ends it. (Bash holds a trap back
# until a command in the foreground has ended.)
running=''
run() {
    local result=0
    "$@" </dev/null &
    running=$!
    wait "$running" || result=$?
    running=''
    return "$result"
}
on_signal() {
    trap '' INT TERM HUP
    if [[ -n $running ]]; then
        kill -TERM "$running" 2>/dev/null || true
        wait "$running" || true
    fi
    exit "$1" # the EXIT trap of the command cleans up
}
trap_signals() {
    trap 'on_signal 130' INT
    trap 'on_signal 143' TERM
    trap 'on_signal 129' HUP
}
