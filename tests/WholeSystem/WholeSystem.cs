using System.Diagnostics;

namespace BetterConnections.WholeSystems;

/// <summary>The system as <c>./bc up</c> starts it: real processes under supervisord, a durable database, everything asked through the gateway.</summary>
public sealed class WholeSystem : IAsyncLifetime
{
    private readonly string _name;
    private readonly string? _backup;
    private readonly HttpClient _http;
    private Process? _keeper;

    /// <summary>That of the journeys, as their fixture.</summary>
    public WholeSystem() : this("journeys", null) { }

    private WholeSystem(string name, string? backup)
    {
        (_name, _backup) = (name, backup);
        _http = new(Meter) { Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Of all requests of persons.</summary>
    public Meter Meter { get; } = new();
    public Bc Bc { get; private set; } = null!;
    public Uri Gateway { get; private set; } = null!;
    public Processes Processes { get; private set; } = null!;
    public Books Books { get; private set; } = null!;
    public TraceReceiver Traces { get; private set; } = null!;
    /// <summary>The first administrator: programme office and operator.</summary>
    public Person Office { get; private set; } = null!;
    public Staff Staff { get; private set; } = null!;
    public School School { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Traces = await TraceReceiver.StartAsync();
        Bc = new Bc(_name, Bc.Replicas == 1 ? Traces.Settings : new Dictionary<string, string>()); // sending every span of so many processes would take a third of a small machine
        await Bc.DownAsync(); // what an earlier run may have left
        _keeper = Bc.StopWhenThisProcessEnds();
        if (_backup is not null) await Bc.RunAsync("restore", _backup);
        await Bc.UpAsync();
        Enter();
    }

    private void Enter()
    {
        Gateway = Bc.Address(0);
        Processes = new Processes(Bc);
        Books = new Books(Bc);
        Office = new Person(_http, Gateway, "admin@betterconnections.local", Bc.Secret("administrator"));
        Staff = new Staff(this, Office);
        School = new School(this);
    }

    /// <summary>A system of its own for another suite.</summary>
    /// <param name="name">Of the folder under <c>.run</c>.</param>
    public static async Task<WholeSystem> StartedAsync(string name)
    {
        var system = new WholeSystem(name, null);
        await system.InitializeAsync();
        return system;
    }

    /// <summary>The one that somebody has started with this run directory. It stays when the tests are done, and sends no traces here.</summary>
    public static WholeSystem Running(string runDirectory)
    {
        var system = new WholeSystem("", null) { Bc = Bc.Running(runDirectory) };
        system.Enter();
        return system;
    }

    /// <summary>A second system, in a fresh folder, that begins with what the backup holds.</summary>
    public static async Task<WholeSystem> RestoredAsync(string backup)
    {
        var system = new WholeSystem("restored", backup);
        await system.InitializeAsync();
        return system;
    }

    /// <summary>Somebody who has an account already.</summary>
    public Person Known(string userName, string password) => new(_http, Gateway, userName, password);

    /// <summary>A partner's system that has its secret already.</summary>
    public Person KnownSystem(Guid clientId, string secret) => new(_http, Gateway, $"{clientId}", secret, isSystem: true);

    /// <summary>A client without an account, and without the patience of <see cref="Person"/>.</summary>
    public HttpClient Stranger() => new() { BaseAddress = Gateway };

    /// <summary>Keeps cookies, and shows where it is sent instead of going there.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Gateway };

    /// <summary>Runs the demonstration as <c>./bc up --demo</c> does.</summary>
    public Task<(int ExitCode, string Output)> DemonstrateAsync() => Bc.DemonstrateAsync(Gateway);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_keeper is null) return;
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        await Traces.DisposeAsync();
        Assert.Equal(0, _keeper.ExitCode);
    }
}
