using System.Security.Claims;
using BetterConnections.Postgres;

namespace BetterConnections.Enrollment.Workers.Import;

public sealed record ImportSummary(Guid Id, Guid? FacilityId, DateTimeOffset At, string By, int Rows, int Accepted, int Known, int Refused);

public static class ListImports
{
    /// <summary>Newest first.</summary>
    public static Task<Page<ImportSummary>> Handle([AsParameters] Paging page, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.ImportsSeenBy(user).PageAsync(i => i.Number, page,
            i => new ImportSummary(i.Id, i.FacilityId, i.At, i.By, i.Rows, i.Accepted, i.Known, i.Refused), descending: true, cancel);
}
