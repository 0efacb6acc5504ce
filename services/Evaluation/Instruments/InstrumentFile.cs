namespace BetterConnections.Evaluation.Instruments;

/// <summary>
/// A recording that goes with an instrument's forms: a question or a choice read aloud, for who answers alone and does not read. The versions
/// share it, and it never changes: a better one has another name, so that a published form sounds as it did.
/// </summary>
public sealed class InstrumentFile
{
    public const int Largest = 2 * 1024 * 1024;

    public required string InstrumentCode { get; init; }
    public required string Name { get; init; }
    /// <summary>As the first bytes say.</summary>
    public required string MediaType { get; init; }
    /// <summary>Of the content, in lower-case hexadecimal, as survey apps compare it.</summary>
    public required string Md5 { get; init; }
    public required byte[] Content { get; init; }
    public required string KeptBy { get; init; }
    public DateTimeOffset KeptAt { get; init; }
}
