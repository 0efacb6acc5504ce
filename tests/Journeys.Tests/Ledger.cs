using System.Collections.Concurrent;

namespace BetterConnections.Journeys.Tests;

/// <summary>
/// What was acknowledged to clients that repeat every write until they hear. Once they have stopped, the databases hold
/// just this under the clients' mark: no less and no more.
/// </summary>
public sealed class Ledger
{
    /// <summary>Begins every serial, site name and card of these clients; their volunteers' name.</summary>
    public string Mark { get; } = $"K{Guid.NewGuid():n}"[..10].ToUpperInvariant();

    /// <summary>Barcode by serial.</summary>
    public ConcurrentDictionary<string, string> Registered { get; } = new();
    public ConcurrentBag<string> StoredBarcodes { get; } = [];
    public ConcurrentBag<Guid> Applied { get; } = [];
    public ConcurrentBag<Guid> SpaceReady { get; } = [];
    public ConcurrentDictionary<Guid, int> OpeningNumbers { get; } = new();
    public ConcurrentBag<Guid> Companies { get; } = [];

    public ConcurrentBag<Guid> Volunteers { get; } = [];
    public ConcurrentBag<Guid> Assignments { get; } = [];
    public ConcurrentBag<Guid> Visits { get; } = [];
    /// <summary>Found on site; each opens a ticket.</summary>
    public ConcurrentBag<Guid> Problems { get; } = [];
    /// <summary>Of workers, each of whom has completed a course.</summary>
    public ConcurrentBag<string> Cards { get; } = [];
    /// <summary>Attendance, by the ids that the devices gave it.</summary>
    public ConcurrentBag<Guid> Marks { get; } = [];
    /// <summary>Sessions with one person each.</summary>
    public ConcurrentBag<Guid> Delivered { get; } = [];
}
