# shellcheck shell=bash
# supervisord of one stack: writing its configuration, starting, asking and stopping it.
# It needs neither systemd nor root, and starts again what dies.

# program NAME PRIORITY COMMAND [LINE...]: one section of the configuration. Lower priorities start first and
# stop last. A "%" starts an expansion in this format, so it is doubled.
program() {
    local name=$1 priority=$2 command=$3 line
    shift 3
    printf '\n[program:%s]\n' "$name"
    for line in "command=$command" "priority=$priority" autorestart=true startretries=100 startsecs=2 \
        redirect_stderr=true "stdout_logfile=$RUN_DIR/log/$name.log" stdout_logfile_maxbytes=10MB \
        stdout_logfile_backups=2 "$@"; do
        printf '%s\n' "${line//%/%%}"
    done
}

# environment NAME=VALUE...: the line for program(). The format has no way to write a double quote in a value.
environment() {
    local pair line=''
    for pair in "$@"; do
        [[ $pair != *[\"$'\n']* ]] || fail "the value of ${pair%%=*} may not contain a double quote or a line break."
        line+="${line:+,}${pair%%=*}=\"${pair#*=}\""
    done
    echo "environment=$line"
}

supervisor_section() {
    cat <<CONF
; Written by ./bc at each start; changes here are lost. Holds secrets.
[supervisord]
nodaemon=true
pidfile=$RUN_DIR/supervisord.pid
logfile=$RUN_DIR/log/supervisord.log
logfile_maxbytes=1MB
logfile_backups=1
childlogdir=$RUN_DIR/log
minfds=1024
CONF
    ! is_root || echo 'user=root'
    cat <<CONF

[unix_http_server]
file=$RUN_DIR/supervisor.sock
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://$RUN_DIR/supervisor.sock
CONF
}

# postgres_program [NAME=VALUE...]: settings of the server.
postgres_program() {
    local command setting lines=(stopsignal=INT stopwaitsecs=60)
    command="\"$(postgres_bin)/postgres\" -D \"$RUN_DIR/postgres\""
    for setting in "port=$(port postgres)" listen_addresses=127.0.0.1 unix_socket_directories= "$@"; do
        command+=" -c $setting"
    done
    ! is_root || lines+=(user=postgres)
    program postgres 10 "$command" "${lines[@]}"
}

# epmd is Erlang's name service. Left to itself RabbitMQ starts one that outlives it and listens everywhere;
# "-start_epmd false" below leaves it to supervisord.
epmd_program() {
    program epmd 10 "epmd -address 127.0.0.1 -port $(port epmd)"
}

# rabbitmq_program [LINE...]
rabbitmq_program() {
    local home=$RUN_DIR/rabbitmq variables
    # RUNNING_UNDER_SYSTEMD: else a shell stays between supervisord and the broker, and kill -9 orphans the broker.
    variables=$(environment \
        HOME="$home" \
        RABBITMQ_NODENAME=bc@localhost \
        RABBITMQ_MNESIA_BASE="$home/data" \
        RABBITMQ_LOG_BASE="$home/log" \
        RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
        RABBITMQ_CONF_ENV_FILE=/dev/null \
        RABBITMQ_LOGS=- \
        ERL_CRASH_DUMP="$home/log/erl_crash.dump" \
        RABBITMQ_DIST_PORT="$(port erlang)" \
        ERL_EPMD_PORT="$(port epmd)" \
        ERL_EPMD_ADDRESS=127.0.0.1 \
        ERL_FLAGS="-start_epmd false" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none" \
        RUNNING_UNDER_SYSTEMD=1)
    program rabbitmq 20 /usr/lib/rabbitmq/bin/rabbitmq-server stopwaitsecs=90 killasgroup=true "$variables" "$@"
}

# write_configuration SECTION...: each a function of this file or the caller's, with its words, e.g. "postgres_program fsync=off".
write_configuration() {
    local section words
    (
        umask 077
        {
            supervisor_section
            for section in "$@"; do
                read -ra words <<<"$section"
                "${words[@]}"
            done
        } >"$RUN_DIR/supervisord.conf.new"
    )
    mv "$RUN_DIR/supervisord.conf.new" "$RUN_DIR/supervisord.conf"
}

control() { supervisorctl -c "$RUN_DIR/supervisord.conf" "$@"; }

supervisor_is_running() { control pid >/dev/null 2>&1; }

# For the commands that come after: nobody has to tell them again.
note_start() { echo "$PORT_BASE $REPLICAS" >"$RUN_DIR/started"; }

# Sets the ports and replicas to those of what runs.
require_running() {
    if supervisor_is_running; then
        # shellcheck disable=SC2034 # read by the commands
        [[ ! -s $RUN_DIR/started ]] || read -r PORT_BASE REPLICAS <"$RUN_DIR/started"
        return
    fi
    [[ ! -e $RUN_DIR/containers/compose.env ]] || fail "the system is not running outside of containers. \"compose ps\" tells what runs in them: docs/runbook.md."
    fail "the system is not running. ./bc up starts it."
}

# The state of a program, for example RUNNING, BACKOFF, FATAL. Services are listed as "services:inventory".
program_state() { control status 2>/dev/null | awk -v name="$1" '$1 ~ "^(services:)?" name "$" { print $2 }'; }

# Starts supervisord in a session of its own, so that Ctrl-C in this terminal does not reach the servers past it.
# BC_STACK marks everything it starts; see end_leftovers. It ends when it can write neither its log nor on standard error that it cannot:
# so standard error is no file on the disk that may be full.
start_supervisor() {
    BC_STACK=$RUN_DIR setsid supervisord -c "$RUN_DIR/supervisord.conf" </dev/null >/dev/null 2>&1 &
    # shellcheck disable=SC2034 # read by up.sh
    supervisor=$!
    local deadline=$((SECONDS + 15))
    until supervisor_is_running; do
        ((SECONDS < deadline)) || fail "supervisord did not start: see $RUN_DIR/log/supervisord.log, or what it says to: supervisord -c $RUN_DIR/supervisord.conf"
        sleep 0.2
    done
}

# Ended, or a zombie nobody has collected yet.
has_ended() { [[ ! -d /proc/$1 || $(awk '{ print $3 }' "/proc/$1/stat" 2>/dev/null) == [ZX]* ]]; }

# Asks supervisord to stop everything in order, gateway first and servers last, and waits for it.
stop_supervisor() {
    local pid
    pid=$(control pid 2>/dev/null) || return 0
    kill -TERM "$pid"
    until has_ended "$pid"; do sleep 0.2; done
}

# Ends what a killed supervisord left behind: the processes whose environment names this stack.
end_leftovers() {
    local pid name signal deadline
    while read -r pid; do
        name=$(cat "/proc/$pid/comm" 2>/dev/null) || continue
        say "Ending process $pid ($name), left over from an earlier run" >&2
        signal=TERM
        [[ $name != postgres ]] || signal=INT # on TERM it would wait for its clients to leave
        kill "-$signal" "$pid" 2>/dev/null || continue
        deadline=$((SECONDS + 30))
        until has_ended "$pid"; do
            ((SECONDS < deadline)) || kill -KILL "$pid" 2>/dev/null || true
            sleep 0.2
        done
    done < <(grep -lzx "BC_STACK=$RUN_DIR" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3)
}

# wait_until NAME SECONDS COMMAND...: polls; when time is up or supervisord has gone, prints the end of NAME's log and fails.
wait_until() {
    local name=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@"; do
        if ((SECONDS >= deadline)) || ! kill -0 "$(cat "$RUN_DIR/supervisord.pid")" 2>/dev/null; then
            printf 'bc: %s did not come up. The end of %s:\n' "$name" "$RUN_DIR/log/$name.log" >&2
            tail -n 30 "$RUN_DIR/log/$name.log" >&2 || true
            return 1
        fi
        sleep 0.3
    done
}
