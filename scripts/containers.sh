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

# What deploy/compose.yaml asks for. PUBLIC_ADDRESS, POSTGRES_IMAGE and RABBITMQ_IMAGE are taken over where the environment has them.
write_compose_environment() {
    local service image
    (
        umask 077
        {
            cat <<ENV
COMPOSE_FILE=$REPO/deploy/compose.yaml
COMPOSE_PROJECT_NAME=better-connections-$PORT_BASE
GATEWAY_PORT=$(port gateway)
PUBLIC_ADDRESS=${PUBLIC_ADDRESS:-$(address gateway)}
ADMINISTRATOR_PASSWORD=$(administrator_password)
KEY_ENCRYPTION_KEY=$(key_encryption_key)
POSTGRES_PASSWORD=$(secret database-postgres)
RABBITMQ_PASSWORD=$(secret rabbitmq)
ENV
            for service in "${SERVICES[@]}"; do echo "${service^^}_PASSWORD=$(secret "database-$service")"; done
            for image in POSTGRES_IMAGE RABBITMQ_IMAGE; do [[ -z ${!image:-} ]] || echo "$image=${!image}"; done
        } >"$RUN_DIR/compose.env"
    )
}

build_images() {
    say "Building the images"
    build_pages
    run dotnet publish "$REPO/scripts/system.slnf" -c Release --nologo -v quiet -t:PublishContainer || fail "the images could not be built."
    run env BC_PUBLISH_TO="$RUN_DIR/app/current" dotnet publish "$REPO/tools/Demo" -c Release --nologo -v quiet || fail "the build failed."
}

is_up_in_containers() { [[ -e $RUN_DIR/compose.env && -n $(compose ps -q) ]]; }

containers_are_healthy() {
    ! compose ps -q | xargs docker inspect --format '{{.State.Health.Status}}' | grep -qvx healthy
}

wait_for_containers() {
    local deadline=$((SECONDS + 300))
    until containers_are_healthy; do
        if ((SECONDS >= deadline)); then
            compose logs --tail 30 >&2
            compose ps >&2
            fail "not all containers became healthy in five minutes."
        fi
        sleep 1
    done
}

up_in_containers() {
    local service scale=()
    is_up_in_containers || require_free_ports gateway
    build_images
    write_compose_environment
    say "Starting"
    for service in "${SERVICES[@]}"; do scale+=(--scale "$service=${BC_REPLICAS:-1}"); done
    run compose up --detach "${scale[@]}" || fail "the containers could not be started."
    wait_for_containers
}
