using System.Collections.Concurrent;

namespace BetterConnections.Journeys.Tests;

/// <summary>
/// What was acknowledged to clients that repeat every write until they hear. Once they have stopped, the databases hold
/// just this under the clients' mark: no less and no more.
/// </summary>
public sealed class Ledger
{
    /// <summary>Begins every serial, site name, card and instance id (after <c>uuid:</c>) of these clients; their volunteers' name.</summary>
    public string Mark { get; private init; } = $"K{Guid.NewGuid():n}"[..10].ToUpperInvariant();

    /// <summary>Barcode by serial.</summary>
    public ConcurrentDictionary<string, string> Registered { get; private init; } = new();
    public ConcurrentBag<string> StoredBarcodes { get; private init; } = [];
    public ConcurrentBag<Guid> Applied { get; private init; } = [];
    public ConcurrentBag<Guid> SpaceReady { get; private init; } = [];
    public ConcurrentDictionary<Guid, int> OpeningNumbers { get; private init; } = new();
    public ConcurrentBag<Guid> Companies { get; private init; } = [];

    public ConcurrentBag<Guid> Volunteers { get; private init; } = [];
    public ConcurrentBag<Guid> Assignments { get; private init; } = [];
    public ConcurrentBag<Guid> Visits { get; private init; } = [];
    /// <summary>Found on site; each opens a ticket.</summary>
    public ConcurrentBag<Guid> Problems { get; private init; } = [];
    /// <summary>Of workers, each of whom has completed a course.</summary>
    public ConcurrentBag<string> Cards { get; private init; } = [];
    /// <summary>Attendance, by the ids that the devices gave it.</summary>
    public ConcurrentBag<Guid> Marks { get; private init; } = [];
    /// <summary>Sessions with one person each.</summary>
    public ConcurrentBag<Guid> Delivered { get; private init; } = [];

    /// <summary>SHA-256 by instance id.</summary>
    public ConcurrentDictionary<string, string> Interviews { get; private init; } = new();
    /// <summary>SHA-256 by instance id and name.</summary>
    public ConcurrentDictionary<string, string> Photographs { get; private init; } = new();
    /// <summary>Interviews, by their instance ids.</summary>
    public ConcurrentBag<string> Approved { get; private init; } = [];

    /// <summary>What has been acknowledged up to now.</summary>
    public Ledger Copy() => new()
    {
        Mark = Mark,
        Registered = new(Registered),
        StoredBarcodes = [.. StoredBarcodes],
        Applied = [.. Applied],
        SpaceReady = [.. SpaceReady],
        OpeningNumbers = new(OpeningNumbers),
        Companies = [.. Companies],
        Volunteers = [.. Volunteers],
        Assignments = [.. Assignments],
        Visits = [.. Visits],
        Problems = [.. Problems],
        Cards = [.. Cards],
        Marks = [.. Marks],
        Delivered = [.. Delivered],
        Interviews = new(Interviews),
        Photographs = new(Photographs),
        Approved = [.. Approved],
    };
}
