# shellcheck shell=bash
# The system in containers: deploy/compose.yaml, with images of our services that are built here and secrets that are made here.

NO_DOCKER=69 # EX_UNAVAILABLE of sysexits.h

# Sets COMPOSE to Docker's compose plugin, else to the older program of Debian.
require_docker() {
    if ! docker info >/dev/null 2>&1; then
        say "bc: no Docker engine answers here, so nothing can run in containers. Start one (Debian: apt-get install docker.io docker-compose)," \
            "    or point DOCKER_HOST at one. ./bc up runs the same system without Docker." >&2
        exit $NO_DOCKER
    fi
    if docker compose version >/dev/null 2>&1; then
        COMPOSE=(docker compose)
    elif command -v docker-compose >/dev/null; then
        COMPOSE=(docker-compose)
    else
        say "bc: Docker has no compose plugin here. Install docker-compose-plugin, or docker-compose from Debian." >&2
        exit $NO_DOCKER
    fi
}

compose() { "${COMPOSE[@]}" --env-file "$RUN_DIR/compose.env" "$@"; }

project() { echo "better-connections-$PORT_BASE"; }

# take_down [--volumes]: removes the containers and, when asked, their data. An engine that lost count of killed containers keeps their network
# ("has active endpoints") until it is started anew; nothing runs in it and the next start uses it, so that alone is no failure.
take_down() {
    local ours=(--quiet --filter "label=com.docker.compose.project=$(project)")
    compose down "$@" && return
    [[ -z $(docker ps --all "${ours[@]}") ]] || fail "not all containers could be removed."
    if [[ ${1:-} == --volumes ]]; then docker volume ls "${ours[@]}" | xargs --no-run-if-empty docker volume rm >/dev/null; fi
    docker network ls "${ours[@]}" | xargs --no-run-if-empty docker network rm >/dev/null || say "Docker keeps a network without containers until it is started anew."
}

# What an installation says of its own, in the words of a compose file: mail, the proxy before the gateway, limits. Nobody else writes it.
own_settings() { echo "$RUN_DIR/settings.yaml"; }

# remembered NAME: what the start before this one was told.
remembered() { sed -n "s/^$1=//p" "$RUN_DIR/compose.env" 2>/dev/null || true; }

# told NAME: to this command, else to the start before it. A start that changed the address that people see because nobody repeated it would
# change the issuer of every token.
told() { if [[ -v $1 ]]; then echo "${!1}"; else remembered "$1"; fi; }

public_address() {
    local named
    named=$(told PUBLIC_ADDRESS)
    # Its own address was told by nobody: it moves with the port.
    if [[ -n $named && $named != "http://127.0.0.1:$(remembered GATEWAY_PORT)" ]]; then echo "$named"; else address gateway; fi
}

# What deploy/compose.yaml asks for.
write_compose_environment() {
    local service name value files=$REPO/deploy/compose.yaml
    [[ ! -e $(own_settings) ]] || files+=:$(own_settings)
    (
        umask 077
        {
            cat <<ENV
COMPOSE_FILE=$files
COMPOSE_PROJECT_NAME=$(project)
GATEWAY_PORT=$(port gateway)
PUBLIC_ADDRESS=$(public_address)
ADMINISTRATOR_PASSWORD=$(administrator_password)
KEY_ENCRYPTION_KEY=$(key_encryption_key)
POSTGRES_PASSWORD=$(secret database-postgres)
RABBITMQ_PASSWORD=$(secret rabbitmq)
DRAINING_SECONDS=$((REPLICAS > 1 ? DRAINING_SECONDS : 0))
POOL_SIZE=$((POOL_SIZE / REPLICAS))
ENV
            for service in "${SERVICES[@]}"; do echo "${service^^}_PASSWORD=$(secret "database-$service")"; done
            for name in POSTGRES_IMAGE RABBITMQ_IMAGE OTEL_EXPORTER_OTLP_ENDPOINT; do
                value=$(told "$name")
                [[ -z $value ]] || echo "$name=$value"
            done
        } >"$RUN_DIR/compose.env.new"
    )
    mv "$RUN_DIR/compose.env.new" "$RUN_DIR/compose.env"
}

build_images() {
    say "Building the images"
    build_pages
    run dotnet publish "$REPO/scripts/system.slnf" -c Release --nologo -v quiet -t:PublishContainer || fail "the images could not be built."
    run env BC_PUBLISH_TO="$RUN_DIR/app/current" dotnet publish "$REPO/tools/Demo" -c Release --nologo -v quiet || fail "the build failed."
}

is_up_in_containers() { [[ -e $RUN_DIR/compose.env && -n $(compose ps -q) ]]; }

require_up_in_containers() { is_up_in_containers || fail "the system is not running in containers. ./bc up --containers starts it."; }

postgres_image() {
    local image
    image=$(told POSTGRES_IMAGE)
    echo "${image:-$(sed -n 's/.*POSTGRES_IMAGE:-\([^}]*\)}.*/\1/p' "$REPO/deploy/compose.yaml")}"
}

# From this machine, which reaches also those that publish no port.
container_address() { compose ps -q "$1" | xargs docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'; }

containers_are_healthy() {
    local states
    states=$(docker inspect --format '{{.State.Health.Status}}' "$@") && ! grep -qvx healthy <<<"$states"
}

# wait_for_containers ID...
wait_for_containers() {
    local deadline=$((SECONDS + 300))
    until containers_are_healthy "$@"; do
        if ((SECONDS >= deadline)); then
            compose logs --tail 30 >&2
            compose ps >&2
            fail "not all containers became healthy in five minutes."
        fi
        sleep 1
    done
}

wait_for_all_containers() {
    local containers
    mapfile -t containers < <(compose ps -q)
    wait_for_containers "${containers[@]}"
}

up_in_containers() {
    local service scale=()
    is_up_in_containers || require_free_ports gateway
    build_images
    write_compose_environment
    say "Starting"
    if [[ -e $RUN_DIR/restored ]]; then
        run compose up --detach postgres rabbitmq || fail "the servers could not be started."
        wait_for_all_containers
        finish_restore
    fi
    for service in "${SERVICES[@]}"; do scale+=(--scale "$service=$REPLICAS"); done
    run compose up --detach "${scale[@]}" || fail "the containers could not be started."
    wait_for_all_containers
}

# restart_in_containers PROGRAM...: each container gives way to a new one, of the newest image, and what is left of its service works meanwhile.
restart_in_containers() {
    local program container image containers others
    for program in "$@"; do
        mapfile -t containers < <(compose ps -q "$program")
        for container in "${containers[@]}"; do
            say "Restarting $program (${container:0:12})"
            image=$(docker inspect --format '{{.Image}}' "$container")
            run docker stop --time 40 "$container" >/dev/null || fail "$container could not be stopped."
            docker rm "$container" >/dev/null
            others=$(compose ps -q "$program")
            run compose up --detach --no-deps --no-recreate --scale "$program=${#containers[@]}" "$program" || fail "$program could not be started."
            wait_for_containers "$(compose ps -q "$program" | grep -vxF "$others")"
            docker image rm "$image" >/dev/null 2>&1 || true # refused while another container has it
        done
    done
}
