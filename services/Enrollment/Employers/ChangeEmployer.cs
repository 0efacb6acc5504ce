using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Employers;

public static class ChangeEmployer
{
    /// <summary>Needs <c>If-Match</c>.</summary>
    public static async Task<EmployerView> Handle(Guid id, EmployerDetails request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpContext http, CancellationToken cancel)
    {
        var employer = await db.Employers.SeenBy(user).OneAsync(id, cancel);
        http.Request.RequireMatch(employer.Version);
        employer.Change(request, new Act(user.Subject(), clock.GetUtcNow(), "details changed"));
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(employer.Version);
        return EmployerView.From(employer);
    }
}
