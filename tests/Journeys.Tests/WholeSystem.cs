using System.Diagnostics;
using System.Net.NetworkInformation;
using BetterConnections.Journeys.Tests;

// One system, and some tests count its whole stock or kill its parts.
[assembly: AssemblyFixture(typeof(WholeSystem))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(InOrder))]

namespace BetterConnections.Journeys.Tests;

/// <summary>The system as <c>./bc up</c> starts it: real processes under supervisord, a durable database, everything asked through the gateway.</summary>
public sealed class WholeSystem : IAsyncLifetime
{
    private const int FirstPort = 8680;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private Bc _bc = null!;
    private Process _keeper = null!;

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
        await new Bc(FirstPort, Traces.Settings).RunAsync("down", "--wipe"); // what an earlier run may have left
        _bc = new Bc(FreePorts(), Traces.Settings);
        _keeper = _bc.StopWhenThisProcessEnds();
        await _bc.RunAsync("up", "--detach");

        Gateway = _bc.Address(0);
        Processes = new Processes(_bc, _http);
        Books = new Books(_bc);
        Office = new Person(_http, Gateway, "admin@betterconnections.local", _bc.Secret("administrator"));
        Staff = new Staff(this, Office);
        School = new School(this);
    }

    /// <summary>Somebody who has an account already.</summary>
    public Person Known(string userName, string password) => new(_http, Gateway, userName, password);

    /// <summary>A client without an account, and without the patience of <see cref="Person"/>.</summary>
    public HttpClient Stranger() => new() { BaseAddress = Gateway };

    /// <summary>Runs the demonstration as <c>./bc up --demo</c> does.</summary>
    public Task<(int ExitCode, string Output)> DemonstrateAsync() => _bc.DemonstrateAsync(Gateway);

    /// <summary>The first hundred in which all ports of a system are free.</summary>
    private static int FreePorts()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        return Enumerable.Range(0, 100).Select(i => FirstPort + 100 * i).First(start => !Enumerable.Range(start, Bc.Ports).Any(taken.Contains));
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        await Traces.DisposeAsync();
        _http.Dispose();
        Assert.Equal(0, _keeper.ExitCode);
    }
}
