using System.Collections.Concurrent;

namespace BetterConnections.Journeys.Tests;

/// <summary>
/// What was acknowledged to clients that repeat every write until they hear. Once they have stopped, the databases hold
/// just this under the clients' mark: no less and no more.
/// </summary>
public sealed class Ledger
{
    /// <summary>Begins every serial and site name of these clients.</summary>
    public string Mark { get; } = $"K{Guid.NewGuid():n}"[..10].ToUpperInvariant();

    /// <summary>Barcode by serial.</summary>
    public ConcurrentDictionary<string, string> Registered { get; } = new();
    public ConcurrentBag<string> StoredBarcodes { get; } = [];
    public ConcurrentBag<Guid> Applied { get; } = [];
    public ConcurrentBag<Guid> SpaceReady { get; } = [];
    public ConcurrentDictionary<Guid, int> OpeningNumbers { get; } = new();
    public ConcurrentBag<Guid> Companies { get; } = [];
}
