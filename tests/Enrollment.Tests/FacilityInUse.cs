using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests;

/// <summary>A facility that has been through its life so far, for tests of what happens once it is open.</summary>
public sealed record FacilityInUse(EnrollmentApp App, Guid Id, string Code, Guid Employer)
{
    /// <summary>The employer's account.</summary>
    public HttpClient AsEmployer() => App.As(Roles.Employer, Employer);

    /// <summary>A volunteer named for it.</summary>
    public async Task<HttpClient> AsVolunteerAsync()
    {
        var subject = $"volunteer-{Guid.NewGuid():n}";
        await App.InDbAsync(db =>
        {
            db.FacilityHelpers.Add(new FacilityHelper { FacilityId = Id, Subject = subject, Role = HelperRole.Inspector, NamedAt = App.Clock.GetUtcNow(), NamedBy = "office" });
            return db.SaveChangesAsync();
        });
        return App.As(Roles.Volunteer, subject: subject);
    }
}

internal static class FacilitySteps
{
    /// <param name="employer">Whose; another employer's than any other facility's where it is left out.</param>
    /// <param name="open">False: applied for only.</param>
    public static async Task<FacilityInUse> FacilityAsync(this EnrollmentApp app, Guid? employer = null, bool open = true)
    {
        var owner = employer is { } id ? new SomeEmployer(id, app.As(Roles.Employer, id)) : null;
        var facility = (await app.FacilitiesInAsync(open ? FacilityState.Open : FacilityState.Applied, owner: owner)).Single();
        return await app.InDbAsync(db => db.Facilities.Where(f => f.Id == facility).Select(f => new FacilityInUse(app, f.Id, f.Code, f.EmployerId)).SingleAsync());
    }
}
