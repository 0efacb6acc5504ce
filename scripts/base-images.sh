# shellcheck shell=bash
# Where no public registry is reached, tests stand on images of their own in the place of the public ones: tests/containers.

# Nobody shall take them for others.
STAND_IN=better-connections.test

# A pull tells it, of an image that is needed anyway.
public_registries_answer() {
    docker pull --quiet "$(postgres_image)" >/dev/null 2>&1
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# A Debian 12 with all that the three need, once for a machine: two to three minutes.
build_debian() {
    has_image "$STAND_IN/debian" && return
    say "Building $STAND_IN/debian"
    run mmdebstrap --quiet --variant=minbase \
        --include=ca-certificates,libicu72,libssl3,libstdc++6,postgresql-15,rabbitmq-server,tzdata bookworm "$1/debian.tar" >"$RUN_DIR/log/mmdebstrap.log" 2>&1 ||
        fail "mmdebstrap could not build it; see $RUN_DIR/log/mmdebstrap.log"
    run docker import "$1/debian.tar" "$STAND_IN/debian" >/dev/null || fail "the image could not be imported."
    rm "$1/debian.tar"
}

# The folder of the .NET runtime that is installed here.
dotnet_root() { dotnet --list-runtimes | sed -n 's|^Microsoft.AspNetCore.App 10\..*\[\(.*\)/shared/Microsoft.AspNetCore.App\]$|\1|p' | tail -n 1; }

build_stand_ins() {
    local context name root
    root=$(dotnet_root)
    context=$(mktemp -d)
    build_debian "$context"
    cp "$REPO"/tests/containers/* "$context"
    mkdir "$context/dotnet"
    cp -r "$root"/{dotnet,host,shared} "$context/dotnet"
    for name in postgres rabbitmq aspnet; do
        DOCKER_BUILDKIT=0 run docker build --quiet --target "$name" --tag "$STAND_IN/$name" "$context" >/dev/null 2>"$RUN_DIR/log/$name-image.log" ||
            fail "the image of $name could not be built; see $RUN_DIR/log/$name-image.log"
    done
    rm -rf "$context"
}

# The SDK takes the base of an image from a registry only, so it gets one on loopback for as long as it builds.
serve_stand_ins() {
    local address=localhost:$((PORT_BASE + 50))
    REGISTRY_HTTP_ADDR=127.0.0.1:${address#*:} REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=$RUN_DIR/registry \
        docker-registry serve "$REPO/tests/containers/registry.yaml" </dev/null >"$RUN_DIR/log/registry.log" 2>&1 &
    registry=$!
    BC_ASPNET_IMAGE=$address/aspnet
    docker tag "$STAND_IN/aspnet" "$BC_ASPNET_IMAGE"
    run docker push --quiet "$BC_ASPNET_IMAGE" >/dev/null || fail "the local registry did not take the image; see $RUN_DIR/log/registry.log"
    export BC_ASPNET_IMAGE POSTGRES_IMAGE=$STAND_IN/postgres RABBITMQ_IMAGE=$STAND_IN/rabbitmq
}
stop_serving() { [[ -z ${registry:-} ]] || kill "$registry"; }
