using System.Diagnostics;

namespace BetterConnections.WholeSystems;

/// <summary>The system as <c>./bc up</c> starts it: real processes under supervisord, a durable database, everything asked through the gateway.</summary>
public sealed class WholeSystem : IAsyncLifetime
{
    private readonly string _name;
    private readonly string? _backup;
    private readonly HttpClient _http;
    private Process _keeper = null!;

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
        await new Bc(_name, Traces.Settings).DownAsync(); // what an earlier run may have left
        Bc = new Bc(_name, Traces.Settings);
        _keeper = Bc.StopWhenThisProcessEnds();
        if (_backup is not null) await Bc.RunAsync("restore", _backup);
        await Bc.UpAsync();

        Gateway = Bc.Address(0);
        Processes = new Processes(Bc);
        Books = new Books(Bc);
        Office = new Person(_http, Gateway, "admin@betterconnections.local", Bc.Secret("administrator"));
        Staff = new Staff(this, Office);
        School = new School(this);
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

    /// <summary>A client without an account, and without the patience of <see cref="Person"/>.</summary>
    public HttpClient Stranger() => new() { BaseAddress = Gateway };

    /// <summary>Runs the demonstration as <c>./bc up --demo</c> does.</summary>
    public Task<(int ExitCode, string Output)> DemonstrateAsync() => Bc.DemonstrateAsync(Gateway);

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        await Traces.DisposeAsync();
        _http.Dispose();
        Assert.Equal(0, _keeper.ExitCode);
    }
}
