using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Employers;

public static class ReadEmployer
{
    public static async Task<EmployerView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var employer = await db.Employers.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        response.SetETag(employer.Version);
        return EmployerView.From(employer).For(user);
    }

    public static async Task<IReadOnlyList<EmployerEventView>> History(Guid id, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var employer = await db.Employers.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        return await db.EmployerEvents.Where(e => e.EmployerId == employer.Id).OrderBy(e => e.Seq)
            .Select(e => new EmployerEventView(e.Seq, e.At, e.By, e.Why, e.ToState)).ToListAsync(cancel);
    }

    /// <summary>An employer's account sees its own organisation and nothing else.</summary>
    public static IQueryable<Employer> SeenBy(this IQueryable<Employer> employers, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.ProgrammeOffice) || user.IsInRole(Roles.Regulator) || user.HasScope("enrollment.read")) return employers;
        var own = user.RequiredOrganisation();
        return employers.Where(e => e.Id == own);
    }

    public static async Task<Employer> OneAsync(this IQueryable<Employer> employers, Guid id, CancellationToken cancel) =>
        await employers.SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw new NotThere("employer_unknown", "There is no such employer.");
}
