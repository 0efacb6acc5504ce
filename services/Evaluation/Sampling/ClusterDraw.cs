using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.ServiceDefaults;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Sampling;

/// <param name="Sha256">Of its workers' ids, in order.</param>
public sealed record FrameFacility(Guid Id, string Code, string Stratum, int Workers, byte[] Sha256);

/// <param name="Probability">To be drawn; null for one that was not.</param>
/// <param name="Members">Workers to draw in it.</param>
public sealed record DrawnFacility(FrameFacility Facility, double? Probability, int Members);

/// <param name="Clusters">Null takes every facility.</param>
public sealed record SampleDesign(SampleMethod Method, int? Clusters, int PerCluster, long Seed);

/// <summary>The first stage: which facilities, each with its chance. A pure function of frame, design and seed.</summary>
public sealed record ClusterDraw(IReadOnlyList<DrawnFacility> Facilities, IReadOnlyList<string> Notes)
{
    /// <summary>Two in every stratum, so that its variance can be told.</summary>
    private const int LeastPerStratum = 2;
    private const int NamedInNote = 10;

    /// <param name="frame">In any order; the draw goes by code.</param>
    /// <exception cref="RuleBroken">frame_empty, clusters_too_few, clusters_too_many</exception>
    public static ClusterDraw Of(IEnumerable<FrameFacility> frame, SampleDesign design)
    {
        var all = frame.OrderBy(f => f.Code, StringComparer.Ordinal).ToList();
        var peopled = all.Where(f => f.Workers > 0).ToList();
        if (peopled.Count == 0) throw new RuleBroken("frame_empty", "No facility that is in the wave and in no earlier sample of it has a worker.");
        var drawn = Draw(peopled, design).ToDictionary(d => d.Facility);
        return new([.. all.Select(f => drawn.GetValueOrDefault(f) ?? new(f, null, 0))], [.. Remarks(all, drawn, design.PerCluster)]);
    }

    /// <summary>SHA-256 of one line for each facility, by code.</summary>
    public static byte[] FrameHash(IEnumerable<FrameFacility> frame)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var f in frame.OrderBy(f => f.Code, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{f.Code}\t{f.Id}\t{f.Stratum}\t{f.Workers}\t{Convert.ToHexStringLower(f.Sha256)}\n")));
        return hash.GetHashAndReset();
    }

    private static IEnumerable<DrawnFacility> Draw(IReadOnlyList<FrameFacility> frame, SampleDesign design)
    {
        if (design.Clusters is not { } clusters) return frame.Select(f => Take(f, 1, design));
        var strata = frame.GroupBy(f => f.Stratum).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        var least = strata.Sum(s => Math.Min(LeastPerStratum, s.Count));
        if (clusters < least)
            throw new RuleBroken("clusters_too_few", $"{strata.Count} strata want {LeastPerStratum} facilities each, where they have as many: {least}.").With("least", least);
        if (clusters > frame.Count) throw new RuleBroken("clusters_too_many", $"The frame has {frame.Count} facilities with workers.").With("most", frame.Count);

        var seed = (ulong)design.Seed;
        if (design.Method == SampleMethod.ProportionalToSize)
        {
            var stratumOf = strata.SelectMany((s, h) => s.Select(f => (f, h))).ToDictionary(x => x.f, x => x.h);
            return Statistics.Sampling.StratifiedClusters([.. frame.Select(f => new FrameCluster(stratumOf[f], f.Workers))], clusters, design.PerCluster, seed, LeastPerStratum)
                .Select(c => Take(frame[c.Index], c.InclusionProbability, design));
        }
        var given = Statistics.Sampling.Allocate([.. strata.Select(s => (s.Sum(f => (long)f.Workers), s.Count))], clusters, LeastPerStratum);
        return strata.SelectMany((s, h) => Statistics.Sampling.Simple(s.Count, given[h], SeededRandom.Stream(seed, (ulong)h))
            .Select(d => Take(s[d.Index], d.InclusionProbability, design)));
    }

    private static DrawnFacility Take(FrameFacility facility, double probability, SampleDesign design) =>
        new(facility, probability, Math.Min(design.PerCluster, facility.Workers));

    private static IEnumerable<string> Remarks(IReadOnlyList<FrameFacility> frame, Dictionary<FrameFacility, DrawnFacility> drawn, int perCluster)
    {
        foreach (var stratum in frame.GroupBy(f => f.Stratum).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var peopled = stratum.Where(f => f.Workers > 0).ToList();
            if (peopled.Count == 0) yield return $"Stratum '{stratum.Key}' has no workers and nobody in the sample.";
            else if (peopled.Count == 1) yield return $"Stratum '{stratum.Key}' has one facility, {peopled[0].Code}: its own variance cannot be told.";
        }
        if (Named(frame.Where(f => f.Workers == 0)) is { } empty) yield return $"Without workers, and not drawn: {empty}.";
        if (Named(drawn.Keys.Where(f => f.Workers < perCluster)) is { } small) yield return $"Fewer than {perCluster} workers, all of them in the sample: {small}.";
    }

    private static string? Named(IEnumerable<FrameFacility> facilities)
    {
        var codes = facilities.Select(f => f.Code).Order(StringComparer.Ordinal).ToList();
        if (codes.Count == 0) return null;
        var more = codes.Count > NamedInNote ? $" and {codes.Count - NamedInNote} more" : "";
        return string.Join(", ", codes.Take(NamedInNote)) + more;
    }
}
