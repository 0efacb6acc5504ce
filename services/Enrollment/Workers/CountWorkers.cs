using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers;

/// <param name="Present">Joined and not left.</param>
/// <param name="Languages">By best language, of those present; languages of fewer than ten workers are not told, lest somebody be known by theirs.</param>
public sealed record WorkerCounts(int Present, int Left, IReadOnlyList<LanguageCount> Languages);

public sealed record LanguageCount(string Language, int Workers);

public static class CountWorkers
{
    private const int SmallestCell = 10;

    public static async Task<WorkerCounts> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var workers = db.Workers.Where(w => w.FacilityId == facility.Id);
        var languages = await workers.Where(w => w.LeftAt == null).GroupBy(w => w.Languages[0])
            .Select(g => new { Language = g.Key, Workers = g.Count() }).ToListAsync(cancel);
        return new(languages.Sum(l => l.Workers), await workers.CountAsync(w => w.LeftAt != null, cancel),
            [.. languages.Where(l => l.Workers >= SmallestCell).OrderByDescending(l => l.Workers).ThenBy(l => l.Language).Select(l => new LanguageCount(l.Language, l.Workers))]);
    }
}
