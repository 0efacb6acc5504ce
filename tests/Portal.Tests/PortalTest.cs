namespace BetterConnections.Portal.Tests;

/// <summary>
/// What every test of the portal begins and ends with. It begins with somebody's visit: <c>var page = await OnPhone().InArabic().AsAsync(Roles.Volunteer);</c>
/// And it passes only if no page complained meanwhile: <see cref="Guard"/>.
/// </summary>
public abstract class PortalTest(Portal portal) : IAsyncDisposable
{
    private readonly List<Visit> _visits = [];

    protected WholeSystem Whole => portal.System;

    /// <summary>The first administrator, who is asked directly at the API.</summary>
    protected Person Office => Whole.Office;
    protected Staff Staff => Whole.Staff;

    /// <summary>What the databases hold.</summary>
    protected Books Books => Whole.Books;

    protected Visit OnDesktop() => New(new() { ViewportSize = new() { Width = 1280, Height = 900 } });

    protected Visit OnPhone() => New(new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2 });

    /// <summary>In English, at a desk.</summary>
    protected Task<IPage> AsAsync(string role) => OnDesktop().AsAsync(role);

    protected Task<IPage> AsAsync(Person person) => OnDesktop().AsAsync(person);

    protected Task<IPage> SignedOutAsync() => OnDesktop().SignedOutAsync();

    private Visit New(BrowserNewContextOptions options)
    {
        var visit = new Visit(portal, options);
        _visits.Add(visit);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visit in _visits) await visit.EndAsync();
        var complaints = _visits.SelectMany(v => v.Guard.Complaints).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        GC.SuppressFinalize(this);
    }
}
