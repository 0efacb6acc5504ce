namespace BetterConnections.Training.Facilities;

/// <summary>What a message said about a facility's computers.</summary>
/// <remarks>In the order in which they count when two bear the same time.</remarks>
public enum ComputerFactKind { Delivered, Reported, NamedInReport, Failed, Replaced }

/// <summary>One such fact. Its content is its key, so that hearing it twice is knowing it once.</summary>
/// <param name="Barcode">The device that failed, was named faulty, or was taken away for another; empty for a count.</param>
/// <param name="Count">Computers that worked at that time, where it is a count.</param>
/// <param name="Expected">Computers that stood there at that time, where it is a count.</param>
public sealed record ComputerFact(Guid FacilityId, ComputerFactKind Kind, string Barcode, DateTimeOffset At, int? Count = null, int? Expected = null);

/// <summary>
/// Working computers of a facility: the latest count (the kit's delivery or a site report), less what failed since, more what was
/// exchanged since; never more than were delivered. A function of the facts alone, so the order in which they came does not matter.
/// </summary>
/// <remarks>
/// A device that failed is counted once, also when the report that gave the count has named it already. An exchange adds one only for
/// a device that did not work: an old computer is exchanged while it works. Nobody says when a device was mended on the spot, nor that
/// a failed device was the modem; the next site report puts both right.
/// </remarks>
public static class ComputerCount
{
    public static int Of(IReadOnlyCollection<ComputerFact> facts)
    {
        if (facts.Where(f => f.Count is not null).MaxBy(f => (f.At, f.Kind)) is not { Count: { } count, At: var since } latest) return 0;

        var known = facts.Where(f => f.Kind == ComputerFactKind.NamedInReport && f.At == since).Select(f => f.Barcode).ToHashSet();
        var broken = facts.Where(f => f.Kind is ComputerFactKind.NamedInReport or ComputerFactKind.Failed).Select(f => f.Barcode).ToHashSet();
        var failed = facts.Where(f => f.Kind == ComputerFactKind.Failed && f.At > since).Select(f => f.Barcode).Except(known).Count();
        var exchanged = facts.Where(f => f.Kind == ComputerFactKind.Replaced && f.At > since).Select(f => f.Barcode).Intersect(broken).Count();
        var most = facts.Where(f => f.Kind == ComputerFactKind.Delivered).Select(f => f.Count).Append(latest.Expected ?? count).Min();
        return Math.Clamp(count - failed + exchanged, 0, most!.Value);
    }
}
