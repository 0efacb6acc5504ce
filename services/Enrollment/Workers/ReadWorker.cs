using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers;

public static class ReadWorker
{
    public static async Task<WorkerView> Handle(string code, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var worker = await db.WorkersSeenBy(user).AsNoTracking().OneAsync(code, cancel);
        response.SetETag(worker.Version);
        return WorkerView.From(worker, user);
    }

    /// <summary>Those at the facilities that the caller may see.</summary>
    internal static IQueryable<Worker> WorkersSeenBy(this EnrollmentDb db, ClaimsPrincipal user)
    {
        var facilities = db.Facilities.SeenBy(user);
        return db.Workers.Where(w => facilities.Any(f => f.Id == w.FacilityId));
    }

    /// <param name="code">As on the card, in any case.</param>
    internal static async Task<Worker> OneAsync(this IQueryable<Worker> workers, string code, CancellationToken cancel)
    {
        var upper = code.Trim().ToUpperInvariant();
        return await workers.SingleOrDefaultAsync(w => w.Code == upper, cancel) ?? throw new NotThere("worker_unknown", "There is no worker with this code.");
    }
}
