using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Compliance;

/// <param name="Stage">Exactly this stage.</param>
/// <param name="Search">The beginning of a company's name.</param>
public sealed record ComplianceFilter(ComplianceStage? Stage = null, string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

/// <summary>A funnel: who is open is also enrolled, who is enrolled is also mandated. Of all companies, whatever the filter.</summary>
public sealed record ComplianceCounts(int Mandated, int Enrolled, int Open);

public sealed record ComplianceBoard(ComplianceCounts Counts, IReadOnlyList<ComplianceRow> Items, string? Next);

public static class ReadComplianceBoard
{
    public static async Task<ComplianceBoard> Handle([AsParameters] ComplianceFilter filter, EnrollmentDb db, CancellationToken cancel)
    {
        var stages = await db.ComplianceBoard.GroupBy(r => r.Stage).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var open = stages.GetValueOrDefault(ComplianceStage.Open);
        var enrolled = open + stages.GetValueOrDefault(ComplianceStage.Enrolled);
        var page = await db.ComplianceBoard.Matching(filter).PageAsync(r => r.RegistrationNumber, filter, r => r, cancel: cancel);
        return new(new(stages.Values.Sum(), enrolled, open), page.Items, page.Next);
    }

    public static IQueryable<ComplianceRow> Matching(this IQueryable<ComplianceRow> rows, ComplianceFilter filter)
    {
        if (filter.Stage is { } stage) rows = rows.Where(r => r.Stage == stage);
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } search) rows = rows.Where(r => r.Name.ToLower().StartsWith(search));
        return rows;
    }
}
