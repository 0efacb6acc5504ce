namespace BetterConnections.Statistics;

/// <summary>
/// SplitMix64 (Steele, Lea &amp; Flood 2014): ten lines, passes BigCrush, and written here so that a seed printed in a report draws the
/// same sample in ten years, which .NET does not promise of its own generators. Not for secrets.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A generator of its own for each part (stratum, cluster) of what one seed decides.</summary>
    public static SeededRandom Stream(ulong seed, ulong part) => new(new SeededRandom(seed).Next() ^ new SeededRandom(~part).Next());

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        var z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="bound"/> − 1, each as likely as the others: draws from the incomplete last round are thrown away.</summary>
    public ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var rejected = unchecked(0 - bound) % bound; // 2^64 mod bound
        ulong drawn;
        do drawn = Next();
        while (drawn < rejected);
        return drawn % bound;
    }

    /// <summary>Every order is as likely as any other (Fisher &amp; Yates 1938, Durstenfeld 1964).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)Below((ulong)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
