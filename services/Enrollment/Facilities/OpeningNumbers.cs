namespace BetterConnections.Enrollment.Facilities;

/// <summary>
/// The one row that counts openings. Not a sequence, which would leave a gap at every refused opening:
/// whoever opens locks the row until its transaction ends.
/// </summary>
public sealed class OpeningNumbers
{
    public int Id { get; init; }
    public int Last { get; private set; }

    public int Next() => ++Last;
}
