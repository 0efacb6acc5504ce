using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Employers;

/// <param name="Search">The beginning of a registration number.</param>
public sealed record EmployerFilter(EmployerState? State = null, string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListEmployers
{
    public static async Task<Page<EmployerView>> Handle([AsParameters] EmployerFilter filter, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var employers = db.Employers.AsNoTracking().SeenBy(user);
        if (filter.State is { } state) employers = employers.Where(e => e.State == state);
        if (RegistrationNumber.Normalise(filter.Search) is { } search) employers = employers.Where(e => e.CommercialRegistration.StartsWith(search));
        var page = await employers.PageAsync(e => e.CommercialRegistration, filter, EmployerView.Of, cancel: cancel);
        return page with { Items = [.. page.Items.Select(e => e.For(user))] };
    }
}
