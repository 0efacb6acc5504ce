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

    /// <summary>All replicas of all services, and some to look after it.</summary>
    [Fact]
    public void PostgreSQL_takes_all_connections_that_the_services_may_open()
    {
        var compose = Repository.Yaml("deploy/compose.yaml")["services"];
        Assert.True(Repository.Services.Sum(s => 2 * PoolOf(Deployments.OfCompose(s), s)) + 20 <= Number(compose["postgres"]["command"].ToString(), @"max_connections=(\d+)"));

        var replicas = Number(Repository.Text("deploy/kubernetes/base/service/autoscaler.yaml"), @"maxReplicas: (\d+)")
            + Number(Repository.Text("deploy/kubernetes/base/service/deployment.yaml"), @"maxSurge: (\d+)");
        Assert.True(Repository.Services.Sum(s => replicas * PoolOf(Deployments.OfKubernetes(s), s)) + 20
            <= Number(Repository.Text("deploy/kubernetes/base/postgres.yaml"), @"max_connections: ""(\d+)"""));
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
