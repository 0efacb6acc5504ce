using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers;

/// <param name="Left">True: those who left, instead of those who are there.</param>
public sealed record WorkerFilter(bool Left = false, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListWorkers
{
    public static async Task<Page<WorkerView>> Handle(Guid id, [AsParameters] WorkerFilter filter, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        return await db.Workers.AsNoTracking().Where(w => w.FacilityId == facility.Id && (w.LeftAt != null) == filter.Left)
            .PageAsync(w => w.Code, filter, WorkerView.For(user), cancel: cancel);
    }
}
