using BetterConnections.Contracts;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests;

/// <summary>An employer's organisation and a client signed in for it.</summary>
public sealed record SomeEmployer(Guid Id, HttpClient Client);

/// <summary>The beginnings that many tests share.</summary>
public static class Steps
{
    private static int _registration = 1_000_000;

    public static readonly ProgrammeSettings Qatar = new();

    public static string Registration() => Interlocked.Increment(ref _registration).ToString();

    public static HttpClient Office(this EnrollmentApp app) => app.As(Roles.ProgrammeOffice);

    public static async Task<SomeEmployer> EmployerAsync(this EnrollmentApp app, bool approved = true, string? registration = null)
    {
        var employer = new SomeEmployer(Guid.NewGuid(), null!);
        employer = employer with { Client = app.As(Roles.Employer, employer.Id) };
        await employer.Client.PostAsync<EmployerView>("/api/enrollment/employers",
            new { commercialRegistration = registration ?? Registration(), name = "Gulf Contracting", contactEmail = "hr@example.qa" });
        if (approved) await app.Office().PostAsync<EmployerView>($"/api/enrollment/employers/{employer.Id}/approve");
        return employer;
    }

    public static SiteDetails Site(int residents = 800, string zone = "57", double latitude = 25.18, double longitude = 51.45) =>
        new("Camp 12", "Street 33, Industrial Area", zone, latitude, longitude, residents, ["hi", "ne", "bn"]);

    public static Task<SiteView> SiteAsync(this SomeEmployer employer, int residents = 800, string zone = "57") =>
        employer.Client.PostAsync<SiteView>("/api/enrollment/sites", Site(residents, zone));

    public static async Task<FacilityView> FacilityAsync(this SomeEmployer employer, int residents = 800, string zone = "57") =>
        await employer.Client.PostAsync<FacilityView>("/api/enrollment/facilities", new { siteId = (await employer.SiteAsync(residents, zone)).Id });

    public static object Needs() => new
    {
        languages = new[] { "hi", "ne" },
        literatePercent = 70,
        topics = new[] { "computer-basics", "money-transfer" },
        roomSquareMetres = 42.5,
        signal = "Fair",
        space = "Ground floor, next to the canteen"
    };

    /// <summary>Facilities that have come as far as <paramref name="state"/>, each at a site of its own, put into the database by the entity's own verbs.</summary>
    public static Task<List<Guid>> FacilitiesInAsync(this EnrollmentApp app, FacilityState state, int count = 1, SomeEmployer? owner = null, string zone = "57") => app.InDbAsync(async db =>
    {
        var act = new Act("test", app.Clock.GetUtcNow(), "test");
        owner ??= await app.EmployerAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var site = Enrollment.Sites.Site.Add(owner.Id, Site(zone: zone), Qatar, act.At);
            var number = 900_000 + Random.Shared.NextInt64(10_000_000_000);
            var facility = Facility.Apply(number, site, Qatar, act).Bring(state, act);
            db.Add(facility);
            if (state != FacilityState.Applied)
                db.Add(new NeedsAssessment { FacilityId = facility.Id, Languages = ["hi"], Topics = ["computer-basics"], AssessedAt = act.At, AssessedBy = "test" });
            ids.Add(facility.Id);
        }
        await db.SaveChangesAsync();
        return ids;
    });

    public static async Task<Guid> FacilityInAsync(this EnrollmentApp app, FacilityState state, SomeEmployer? owner = null) =>
        (await app.FacilitiesInAsync(state, 1, owner)).Single();

    /// <summary>Walks an applied facility to <paramref name="state"/> by the shortest way.</summary>
    public static Facility Bring(this Facility facility, FacilityState state, Act act)
    {
        if (state == FacilityState.Withdrawn)
        {
            facility.Withdraw(act);
            return facility;
        }
        if (state >= FacilityState.NeedsAssessed) facility.NeedsAssessed(act);
        if (state >= FacilityState.SpaceInPreparation) facility.Prepare(act);
        if (state >= FacilityState.SpaceReady) facility.SpaceReady(act);
        if (state >= FacilityState.KitReserved) facility.FollowKit(FacilityState.KitReserved, Guid.NewGuid(), act);
        if (state >= FacilityState.KitInTransit) facility.FollowKit(FacilityState.KitInTransit, Guid.NewGuid(), act);
        if (state >= FacilityState.KitDelivered) facility.FollowKit(FacilityState.KitDelivered, Guid.NewGuid(), act);
        if (state >= FacilityState.Open) facility.Open(Random.Shared.Next(1_000_000, int.MaxValue), act);
        if (state == FacilityState.Suspended) facility.Suspend(act);
        if (state == FacilityState.Closed) facility.Close(act);
        return facility;
    }
}
