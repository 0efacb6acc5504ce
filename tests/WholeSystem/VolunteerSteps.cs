using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>What volunteers do, and what the programme office decides about them.</summary>
public static class VolunteerSteps
{
    private const string Api = "/api/volunteer";

    public static async Task<Guid> ApplyAsVolunteerAsync(this Person volunteer, string name) => (await volunteer.PostAsync<Named>($"{Api}/volunteers", new
    {
        name,
        email = $"{Guid.NewGuid():n}@example.org",
        languages = new[] { new { language = "hi", level = "Native" }, new { language = "ne", level = "Good" } },
        skills = new[] { "trainer" },
    })).Id;

    public static Task<Named> ScreenAsync(this Person office, Guid volunteer) => office.PostAsync<Named>($"{Api}/volunteers/{volunteer}/accept");

    public static Task<Profile> CertifiedAsync(this Person volunteer) =>
        Eventually.BecomesAsync(() => volunteer.GetAsync<Profile>($"{Api}/me"), me => me.State == "Certified", TimeSpan.FromMinutes(2));

    /// <summary>A trainer is wanted by hand, one is offered the place, and accepts. From two hours ago on, so that what was held just now is covered.</summary>
    public static async Task<Guid> TakeTrainersPlaceAsync(this Person volunteer, Person office, Guid id, Guid facility)
    {
        var now = DateTimeOffset.UtcNow;
        var opening = await office.PostAsync<Named>($"{Api}/openings", new { facilityId = facility, role = "Trainer", starts = now.AddHours(-3), ends = now.AddDays(60), languages = new[] { "hi" } });
        var offer = await office.PostAsync<Named>($"{Api}/openings/{opening.Id}/offers",
            new { volunteerId = id, shifts = new[] { new { starts = now.AddHours(-3), ends = now.AddHours(2) } } });
        return (await volunteer.PostAsync<Named>($"{Api}/assignments/{offer.Id}/accept")).Id;
    }

    /// <summary>Came an hour ago, leaves now, and somebody else approves the hours.</summary>
    public static async Task<Guid> VisitAsync(this Person volunteer, Person office, Guid assignment)
    {
        var (visit, now) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        await volunteer.PostAsync<Named>($"{Api}/visits", new { id = visit, assignmentId = assignment, at = now.AddHours(-1) });
        await volunteer.PostAsync<Named>($"{Api}/visits/{visit}/check-out", new { at = now });
        await office.PostAsync<Named>($"{Api}/visits/{visit}/approve");
        return visit;
    }

    /// <summary>All computers work, but there is a device that nobody knows. Returns the problem, which is a ticket by and by.</summary>
    public static async Task<Guid> ReportSiteAsync(this Person volunteer, Guid facility) => (await volunteer.PostAsync<SiteReport>($"{Api}/site-reports", new
    {
        id = Guid.NewGuid(),
        facilityId = facility,
        at = DateTimeOffset.UtcNow,
        devicesWorking = 10,
        internetUp = true,
        peopleSeen = 7,
        problems = new[] { new { concerns = "Device", barcode = $"XX-{Random.Shared.NextInt64(100_000_000_000):D12}-A" } },
    })).Problems.Single().Id;

    public sealed record Named(Guid Id);

    public sealed record Profile(Guid Id, string State);

    private sealed record SiteReport(IReadOnlyList<Named> Problems);
}
