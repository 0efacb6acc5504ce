using System.Text.RegularExpressions;

namespace BetterConnections.Deployment.Tests;

/// <summary>However the system is started, each program gets the same settings.</summary>
public partial class SettingsTests
{
    /// <summary>To whom it sends telemetry, and whether there is another replica to drain for, each way tells in its own words.</summary>
    private static readonly string[] OwnWords = ["OTEL_EXPORTER_OTLP_ENDPOINT", "Draining__Seconds"];

    /// <summary>In Kubernetes one map of settings serves all programs, and passwords come in parts.</summary>
    private static readonly string[] Kubernetes =
    [
        "Identity__Issuer", "Identity__FirstAdministrator__UserName", "Programme__PublicUrl", "Messaging__QuorumQueues", "Gateway__TrustedProxies__0", "DATABASE_PASSWORD", "RABBITMQ_USER", "RABBITMQ_PASSWORD",
    ];

    public static TheoryData<string> Programs => [.. Deployments.Programs];

    [Theory, MemberData(nameof(Programs))]
    public void Compose_gives_a_program_the_settings_that_bc_gives_it(string program) =>
        Assert.Equal(Deployments.OfScripts(program).Keys.Order(), Deployments.OfCompose(program).Keys.Except(OwnWords).Order());

    [Theory, MemberData(nameof(Programs))]
    public void Kubernetes_gives_a_program_the_settings_that_bc_gives_it(string program)
    {
        var (expected, given) = (Deployments.OfScripts(program), Deployments.OfKubernetes(program));
        Assert.Equal(expected.Keys.Order(), given.Keys.Except(Kubernetes.Except(expected.Keys)).Order());
        Assert.All(given, setting => Assert.NotEqual("", setting.Value));
    }

    /// <summary>Connection strings, addresses and how they run Aspire says by itself; it has one gateway, so no keys are shared.</summary>
    [Theory, MemberData(nameof(Programs))]
    public void The_AppHost_knows_every_setting_that_bc_gives(string program)
    {
        var map = Repository.Text("AppHost/Program.cs");
        Assert.All(Deployments.OfScripts(program).Keys.Where(name => !AspiresOwn().IsMatch(name)), name => Assert.Contains($"\"{name}\"", map));
    }

    [Theory, MemberData(nameof(Programs))]
    public void No_secret_is_written_in_the_files(string program)
    {
        Assert.All(Deployments.OfCompose(program).Where(s => IsSecret().IsMatch(s.Key)), secret => Assert.Matches(@"\$\{[A-Z_]+:\?.*\}", secret.Value));
        Assert.All(Deployments.OfKubernetes(program).Where(s => IsSecret().IsMatch(s.Key)), secret => Assert.Matches(@"^from elsewhere$|\$\([A-Z_]+\)", secret.Value));
    }

    [Fact]
    public void What_compose_asks_for_bc_writes()
    {
        var asked = Variable().Matches(Repository.Text("deploy/compose.yaml")).Select(m => m.Groups[1].Value).ToHashSet();
        var written = Repository.Bash("""write_compose_environment; cat "$RUN_DIR/compose.env" """).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToList();
        Assert.Empty(asked.Except(written.Select(w => w[0])));
        Assert.All(written, variable => Assert.NotEqual("", variable[1]));
    }

    /// <summary>Mail, or the proxy before the gateway: what only an installation knows, and <c>deploy/compose.yaml</c> does not ask for.</summary>
    [Fact]
    public void Compose_takes_in_what_an_installation_says_of_its_own()
    {
        var files = Repository.Bash("""
            write_compose_environment; sed -n s/^COMPOSE_FILE=//p "$RUN_DIR/compose.env"
            touch "$RUN_DIR/settings.yaml"; write_compose_environment; sed -n s/^COMPOSE_FILE=//p "$RUN_DIR/compose.env"
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("/deploy/compose.yaml", files[0]);
        Assert.Equal("settings.yaml", Path.GetFileName(files[1][(files[0].Length + 1)..]));
    }

    /// <summary>Else a restart from another shell would silence it.</summary>
    [Fact]
    public void Where_telemetry_goes_is_kept_for_the_next_restart() =>
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317\n", Repository.Bash("""OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 write_compose_environment; cat "$RUN_DIR/compose.env" """));

    /// <summary>Else who forgets it once changes the issuer of every token, or the version of PostgreSQL.</summary>
    [Fact]
    public void What_a_start_was_told_the_next_one_knows_until_it_is_told_otherwise()
    {
        const string again = """write_compose_environment; sed -nE 's/^(PUBLIC_ADDRESS|POSTGRES_IMAGE|GATEWAY_PORT)=//p' "$RUN_DIR/compose.env"; """;
        string[] Starts(params string[] starts) => Repository.Bash(string.Join('\n', starts.Select(s => $"{s} {again}"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["8480", "https://programme.example", "postgres:17", "8480", "https://programme.example", "postgres:17", "8480", "http://127.0.0.1:8480", "postgres:17"],
            Starts("PUBLIC_ADDRESS=https://programme.example POSTGRES_IMAGE=postgres:17", "", "PUBLIC_ADDRESS="));
        Assert.Equal(["8480", "http://127.0.0.1:8480", "9480", "http://127.0.0.1:9480"], Starts("", "PORT_BASE=9480")); // its own address goes with the port
    }

    [Fact]
    public void Containers_keep_the_ports_that_they_were_started_with() =>
        Assert.Equal("9480", Repository.Bash("""
            unset BC_PORT_BASE; use_stack containers; mkdir -p "$RUN_DIR/secrets"; PORT_BASE=9480 write_compose_environment; use_stack containers; echo -n "$PORT_BASE"
            """));

    /// <summary>Docker 20.10 may count killed containers to their network until it is started anew, and refuses to remove it (moby 17217).</summary>
    [Theory]
    [InlineData("", "volume rm data\nnetwork rm edge\nDocker keeps a network without containers until it is started anew.\nresult 0")]
    [InlineData("database", "bc: not all containers could be removed.\nresult 1")]
    public void Wiping_containers_does_not_stop_at_a_network_that_docker_keeps_but_at_a_container(string left, string said) =>
        Assert.Equal(said, Repository.Bash($$"""
            mkdir -p "$BC_RUN_DIR/bin"; PATH=$BC_RUN_DIR/bin:$PATH
            cat >"$BC_RUN_DIR/bin/docker" <<'DOCKER'
            #!/bin/bash
            case "$1 $2" in "ps --all") echo {{left}} ;; "volume ls") echo data ;; "network ls") echo edge ;; "volume rm") echo "$*" >&2 ;; *) echo "$*" >&2; exit 1 ;; esac
            DOCKER
            chmod +x "$BC_RUN_DIR/bin/docker"; compose() { false; }; use_stack containers
            (take_down --volumes) 2>&1 && echo "result $?" || echo "result $?"
            """).Trim());

    [Fact]
    public void What_wiping_keeps_it_says()
    {
        var said = Repository.Bash("""
            mkdir -p "$BC_RUN_DIR"/containers/{secrets,backups}; cd "$BC_RUN_DIR/containers"; touch settings.yaml backups/x.tar.gz secrets/administrator
            "$REPO/bc" down --wipe --containers; find . -type f | sort
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["./backups/x.tar.gz", "./settings.yaml"], said[^2..]);
        Assert.All(said[^2..], kept => Assert.Contains(said[..^2], line => line.StartsWith("  kept") && line.EndsWith(kept[1..])));
    }

    /// <summary>Else they would ask at other ports and call a healthy system ill.</summary>
    [Fact]
    public void The_commands_know_the_ports_and_replicas_of_what_runs() =>
        Assert.Equal("http://127.0.0.1:9502 4\n", Repository.Bash("""
            PORT_BASE=9480 REPLICAS=2 note_start; supervisor_is_running() { true; }; require_running; echo "$(address inventory-2) $(replicas identity enrollment | wc -l)"
            """));

    /// <summary>All replicas of all services, and some to look after it; on Kubernetes also those that a rollout replaces and that have not ended yet, and the migrations.</summary>
    [Fact]
    public void PostgreSQL_takes_all_connections_that_the_services_may_open()
    {
        var compose = Repository.Yaml("deploy/compose.yaml")["services"];
        var most = Number(compose["postgres"]["command"].ToString(), @"max_connections=(\d+)");
        Assert.All(Repository.Services, s => Assert.EndsWith("Maximum Pool Size=${POOL_SIZE:-20}", Deployments.OfCompose(s)[$"ConnectionStrings__{s}db"]));
        Assert.All([1, 2, 3, 4], replicas =>
        {
            var pool = int.Parse(Repository.Bash($$"""REPLICAS={{replicas}} write_compose_environment; sed -n s/^POOL_SIZE=//p "$RUN_DIR/compose.env" """));
            Assert.InRange(Repository.Services.Length * replicas * pool + 20, 200, most);
        });

        var replicas = 2 * Number(Repository.Text("deploy/kubernetes/base/service/autoscaler.yaml"), @"maxReplicas: (\d+)");
        Assert.InRange(Repository.Services.Sum(s => replicas * PoolOf(Deployments.OfKubernetes(s), s) + 1) + 20, 1, Number(Repository.Text("deploy/kubernetes/base/postgres.yaml"), @"max_connections: ""(\d+)"""));
    }

    private static int PoolOf(Dictionary<string, string> settings, string service) => Number(settings[$"ConnectionStrings__{service}db"], @"Maximum Pool Size=(\d+)");

    private static int Number(string text, string pattern) => int.Parse(Regex.Match(text, pattern).Groups[1].Value);

    [GeneratedRegex("^(ConnectionStrings|services)__|^(ASPNETCORE|DOTNET|OTEL)_|^Gateway__SessionKeys$")]
    private static partial Regex AspiresOwn();

    [GeneratedRegex("^ConnectionStrings__|Password$|KeyEncryptionKey$")]
    private static partial Regex IsSecret();

    [GeneratedRegex(@"\$\{([A-Z_]+):\?")]
    private static partial Regex Variable();
}
