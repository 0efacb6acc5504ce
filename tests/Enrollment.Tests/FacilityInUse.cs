using BetterConnections.Contracts;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Sites;
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
    public static Task<FacilityInUse> FacilityAsync(this EnrollmentApp app, Guid? employer = null, bool open = true) => app.InDbAsync(async db =>
    {
        var programme = new ProgrammeSettings();
        var act = new Act("office", app.Clock.GetUtcNow());
        var owner = employer ?? await EmployerAsync(db, act);
        var site = Site.Add(owner, new("Camp", "Street 1", "55", 25.2, 51.4, 800, ["hi"]), programme, act.At);
        site = db.Sites.Add(site).Entity;
        var number = await db.Database.SqlQuery<long>($"select nextval('facility_numbers') as \"Value\"").SingleAsync();
        var facility = Facility.Apply(number, site, programme, act);
        if (open)
        {
            facility.NeedsAssessed(act);
            facility.Prepare(act);
            facility.SpaceReady(act);
            facility.FollowKit(FacilityState.KitDelivered, Guid.NewGuid(), act);
            facility.Open(Random.Shared.Next(1_000_000, int.MaxValue), act);
        }
        db.Facilities.Add(facility);
        await db.SaveChangesAsync();
        return new FacilityInUse(app, facility.Id, facility.Code, owner);
    });

    private static async Task<Guid> EmployerAsync(EnrollmentDb db, Act act)
    {
        var employer = Employer.Register(Guid.NewGuid(), new(Random.Shared.NextInt64(1_000_000, 999_999_999).ToString(), "Some contractor"), act);
        employer.Approve(act);
        db.Employers.Add(employer);
        await db.SaveChangesAsync();
        return employer.Id;
    }
}
