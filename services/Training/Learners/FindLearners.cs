using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

/// <summary>Learners as people on site name them: by the code on the card, or by id.</summary>
internal static class FindLearners
{
    /// <summary>Reads what a scanner typed: any case, white space around it, or the address in a QR code, which ends in the code.</summary>
    public static string Read(string scanned)
    {
        var code = scanned.Trim().TrimEnd('/');
        return code[(code.LastIndexOfAny(['/', '=', '#']) + 1)..].ToUpperInvariant();
    }

    /// <summary>Those found, in one query, by what <see cref="Read"/> makes of each scan.</summary>
    public static async Task<IReadOnlyDictionary<string, Learner>> ByCardAsync(this IQueryable<Learner> learners, IEnumerable<string> scanned, CancellationToken cancel)
    {
        string[] codes = [.. scanned.Select(Read).Distinct()];
        var ids = codes.Where(c => Guid.TryParse(c, out _)).ToDictionary(c => Guid.Parse(c));
        var found = await learners.AsNoTracking().Where(l => codes.Contains(l.Code) || ids.Keys.Contains(l.Id)).ToListAsync(cancel);
        var byScan = new Dictionary<string, Learner>();
        foreach (var learner in found)
        {
            if (learner.Code is { } code) byScan[code] = learner;
            if (ids.TryGetValue(learner.Id, out var id)) byScan[id] = learner;
        }
        return byScan;
    }
}
