using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers.Import;

public static class ReadImport
{
    public static async Task<ImportReport> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        (await db.ImportsSeenBy(user).SingleOrDefaultAsync(i => i.Id == id, cancel)
            ?? throw new NotThere("import_unknown", "There is no such import.")).Report(importedBefore: false);

    /// <summary>The programme office sees all, others what they sent themselves.</summary>
    internal static IQueryable<WorkerImport> ImportsSeenBy(this EnrollmentDb db, ClaimsPrincipal user)
    {
        var (office, subject) = (user.IsInRole(Roles.ProgrammeOffice), user.Subject());
        return db.WorkerImports.AsNoTracking().Where(i => office || i.By == subject);
    }
}
