using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(BetterConnections.Portal.Tests.Portal))]
[assembly: CollectionBehavior(MaxParallelThreads = 4)] // they mostly wait for a page or a service

namespace BetterConnections.Portal.Tests;

/// <summary>
/// A whole system whose gateway serves the portal, and a browser. <c>BC_PORTAL_SYSTEM=.run</c> takes the system that ./bc up has started
/// with this run directory; otherwise the suite starts one of its own.
/// </summary>
public sealed class Portal : IAsyncLifetime
{
    /// <summary>To which those belong whom tests share, where their role needs one.</summary>
    public static readonly Guid Organisation = Guid.NewGuid();

    private readonly ConcurrentDictionary<string, Lazy<Task<Person>>> _byRole = new();
    private IPlaywright _playwright = null!;

    public WholeSystem System { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        System = Environment.GetEnvironmentVariable("BC_PORTAL_SYSTEM") is { Length: > 0 } running
            ? WholeSystem.Running(running)
            : await WholeSystem.StartedAsync("portal");
        SetDefaultExpectTimeout(30_000); // as long as actions wait; a machine that builds beside the tests is slow
        _playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync();
    }

    /// <summary>Another one than all tests share: of many windows Chromium may draw some no more, and who scrolls then waits for ever for the next frame.</summary>
    public Task<IBrowser> LaunchAsync() => _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", .. Film.InPlaceOfACamera] });

    /// <summary>The one with this role whom tests share that change nothing of their own.</summary>
    public Task<Person> SomebodyAsync(string role) => _byRole.GetOrAdd(role, _ => new(() => NewAsync(role))).Value;

    /// <summary>Accounts come about as in life: who may register does so, all others are invited by the programme office.</summary>
    public Task<Person> NewAsync(string role) => role switch
    {
        Roles.Employer => System.Staff.NewEmployerAsync(),
        Roles.Volunteer => System.Staff.NewVolunteerAsync(),
        Roles.Donor or Roles.Club or Roles.Recycler => System.Staff.HireAsync(role, Organisation),
        _ => System.Staff.HireAsync(role),
    };

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await System.DisposeAsync();
    }
}
