using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Keeps groups of fewer than ten out of what is told, also those that could be had as the whole less its other parts: then the smallest
/// of the others is withheld with them.
/// </summary>
internal static class Suppression
{
    public static bool IsFew(int people) => people is > 0 and < Honesty.LeastCell;

    /// <param name="parts">Groups that make up a whole which is told.</param>
    public static IReadOnlyList<Cell> Apply(IReadOnlyList<Cell> parts)
    {
        var hidden = Hide([.. parts.Select(p => (p.Key, new[] { p.NPre ?? 0, p.NPost ?? 0 }))]);
        return [.. parts.Select((p, i) => hidden[i] ? Cell.Hidden(p.Key) : p)];
    }

    /// <param name="parts">With the counts that would tell of each, the latest last.</param>
    /// <returns>Which of them are withheld.</returns>
    public static bool[] Hide(IReadOnlyList<(string? Key, int[] Counts)> parts)
    {
        var hidden = parts.Select(p => p.Counts.Any(IsFew)).ToArray();
        // Withheld people may be subtracted as a lump, which must hold ten of each count; and two groups, for a lump of one is that group.
        while (hidden.Contains(true) && (hidden.Count(h => h) < 2 || Lump(parts, hidden).Any(IsFew)))
        {
            var next = Enumerable.Range(0, parts.Count).Where(i => !hidden[i]).OrderBy(i => parts[i].Counts[^1]).ThenBy(i => parts[i].Key, StringComparer.Ordinal).FirstOrDefault(-1);
            if (next < 0) break;
            hidden[next] = true;
        }
        return hidden;
    }

    private static IEnumerable<int> Lump(IReadOnlyList<(string? Key, int[] Counts)> parts, bool[] hidden) => parts.Where((_, i) => hidden[i]).Select(p => p.Counts)
        .Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);
}
