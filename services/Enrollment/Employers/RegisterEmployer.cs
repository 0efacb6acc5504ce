using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Employers;

/// <param name="CommercialRegistration">As on the certificate; blanks, dashes and leading zeros do not count.</param>
public sealed record EmployerDetails(
    [Required, StringLength(40)] string CommercialRegistration,
    [Required, StringLength(200, MinimumLength = 2)] string Name,
    [StringLength(200)] string? ContactName = null,
    [EmailAddress, StringLength(254)] string? ContactEmail = null,
    [Phone, StringLength(30)] string? ContactPhone = null);

public static class RegisterEmployer
{
    /// <summary>An organisation registers itself, once, and waits for the programme office's review.</summary>
    public static async Task<Created<EmployerView>> Handle(EmployerDetails request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var employer = Employer.Register(user.RequiredOrganisation(), request, new Act(user.Subject(), clock.GetUtcNow(), "registered itself"));
        db.Employers.Add(employer);
        await db.SaveChangesAsync(cancel);
        response.SetETag(employer.Version);
        return TypedResults.Created($"/api/enrollment/employers/{employer.Id}", EmployerView.From(employer));
    }
}
