# shellcheck shell=bash
# The .NET processes of the system: how supervisord runs them, which settings they get, whether they are healthy.

ADMINISTRATOR=admin@betterconnections.local

# The most connections of one service, all its replicas together. All services together have to fit into what PostgreSQL takes, or a burst at one
# of them shuts the others out.
POOL_SIZE=40

# Longer than the gateway needs to notice that a replica is about to stop; without another one there is nobody to notice for.
DRAINING_SECONDS=5

address() { echo "http://127.0.0.1:$(port "$1")"; }
is_healthy() { curl -fsS -o /dev/null -m 5 "$(address "$1")/health" 2>/dev/null; }

# Has to hold what a password is asked for: both cases, a digit and a sign.
administrator_password() { secret administrator Bc-1; }

# 32 bytes in base64, as Identity, Training and Evaluation want what seals their keys.
key_encryption_key() {
    local digest
    digest=$(secret key-encryption-key | sha256sum)
    printf '%b' "$(sed 's/../\\x&/g' <<<"${digest%% *}")" | base64 -w0
}

# What `dotnet publish` makes goes into a new folder each time, and app/current then points to it: what runs keeps
# the files it was started from, for .NET and the kernel resolve the link once, at the start.
publish_system() {
    local release
    release=$RUN_DIR/app/$(date -u +%Y%m%dT%H%M%SZ)
    build_pages
    run env BC_PUBLISH_TO="$release" dotnet publish "$REPO/scripts/system.slnf" -c Release --nologo -v quiet || fail "the build failed."
    ln -sfnT "$release" "$RUN_DIR/app/next"
    mv -T "$RUN_DIR/app/next" "$RUN_DIR/app/current"
    remove_unused_releases
}

remove_unused_releases() {
    local folder
    for folder in "$RUN_DIR"/app/*; do
        [[ -L $folder || $folder -ef $RUN_DIR/app/current ]] && continue
        [[ -n $(find /proc/[0-9]*/cwd -lname "$folder/*" -print -quit 2>/dev/null) ]] || rm -rf "$folder"
    done
}

# dotnet_program PROCESS PRIORITY NAME=VALUE...: runs what `dotnet publish` made of a project. Builds, tests and other
# systems write elsewhere, so they do not disturb a running one. The bc command starts it once the servers are ready.
dotnet_program() {
    local name=$1 project=${1%-*} priority=$2 publish variables
    shift 2
    project=${project^}
    publish=$RUN_DIR/app/current/$project
    variables=$(environment \
        ASPNETCORE_URLS="$(address "$name")" \
        ASPNETCORE_ENVIRONMENT=Production \
        DOTNET_ENVIRONMENT=Production \
        OTEL_SERVICE_NAME="${name%-*}" \
        Authentication__Authority="$(address gateway)" \
        Authentication__MetadataAddress="$(address identity)/.well-known/openid-configuration" \
        Authentication__RequireHttps=false \
        "$@")
    program "$name" "$priority" "dotnet \"$publish/BetterConnections.$project.dll\"" \
        autostart=false stopwaitsecs=40 "directory=$publish" "$variables"
}

# service_program PROCESS
service_program() {
    local name=${1%-*} settings
    settings=("ConnectionStrings__${name}db=$(postgres_connection "$name" "${name}db");Maximum Pool Size=$((POOL_SIZE / REPLICAS))")
    ((REPLICAS == 1)) || settings+=("Draining__Seconds=$DRAINING_SECONDS")
    if [[ $name == identity ]]; then
        settings+=(
            "Identity__Issuer=$(address gateway)"
            "Identity__KeyEncryptionKey=$(key_encryption_key)"
            "Identity__FirstAdministrator__UserName=$ADMINISTRATOR"
            "Identity__FirstAdministrator__Password=$(administrator_password)"
        )
    else
        settings+=("ConnectionStrings__messaging=$(rabbitmq_connection)")
        [[ $name != @(inventory|volunteer|training|evaluation) ]] || settings+=("Programme__PublicUrl=$(address gateway)")
        [[ $name != training ]] || settings+=("Training__KeyEncryptionKey=$(key_encryption_key)")
        [[ $name != evaluation ]] || settings+=("Evaluation__KeyEncryptionKey=$(key_encryption_key)")
    fi
    dotnet_program "$1" 100 "${settings[@]}"
}

gateway_program() {
    local service process index settings=("Gateway__SessionKeys=$RUN_DIR/secrets/gateway-sessions")
    for service in "${SERVICES[@]}"; do
        index=0
        for process in $(replicas "$service"); do
            settings+=("services__${service}__http__$((index++))=$(address "$process")")
        done
    done
    dotnet_program gateway 200 "${settings[@]}"
}

# Stops all services at once rather than one after the other.
services_group() {
    printf '\n[group:services]\nprograms=%s\npriority=100\n' "$(replicas | paste -sd ,)"
}

write_system_configuration() {
    local processes
    mapfile -t processes < <(replicas)
    write_configuration "postgres_program max_connections=$((POOL_SIZE * ${#SERVICES[@]} + 20))" epmd_program rabbitmq_program \
        "${processes[@]/#/service_program }" services_group gateway_program
}

wait_for_system() {
    local name
    for name in $(replicas) gateway; do
        printf '  waiting for %-12s ' "$name"
        if ! wait_until "$name" 90 is_healthy "$name"; then
            say "not ready"
            return 1
        fi
        say ready
    done
}
