using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

public sealed record Facility(Guid Id, string Code, string State, Guid SiteId, Guid? KitId, string? WaitingReason, int? OpeningNumber);

/// <summary>What employers and the programme office do to bring a facility to its opening.</summary>
public static class EnrollmentSteps
{
    private const string Api = "/api/enrollment";
    private static readonly byte[] JpegBegins = [0xFF, 0xD8, 0xFF, 0xE0];

    /// <summary>The company registers itself, and waits for its review.</summary>
    public static async Task<Guid> RegisterCompanyAsync(this Person employer)
    {
        var number = Random.Shared.NextInt64(1_000_000_000, 9_999_999_999);
        return (await employer.PostAsync<Named>($"{Api}/employers", new { commercialRegistration = $"{number}", name = $"Company {number}" })).Id;
    }

    public static Task<Named> ApproveAsync(this Person office, Guid company) => office.PostAsync<Named>($"{Api}/employers/{company}/approve");

    public static Task<Named> RejectAsync(this Person office, Guid company, string why) => office.PostAsync<Named>($"{Api}/employers/{company}/reject", new { why });

    /// <param name="employer">Of an approved company.</param>
    /// <param name="name">Of the site.</param>
    /// <param name="facilities">How many it will be large enough for.</param>
    public static async Task<Guid> AddSiteAsync(this Person employer, string name, int facilities) => (await employer.PostAsync<Named>($"{Api}/sites", new
    {
        name,
        address = "Street 33, Industrial Area",
        zone = "57",
        latitude = 25.18,
        longitude = 51.43,
        residents = 800 * facilities,
        languages = new[] { "hi", "ne" },
    })).Id;

    public static Task<Facility> ApplyAsync(this Person employer, Guid site) => employer.PostAsync<Facility>($"{Api}/facilities", new { siteId = site });

    public static Task<Facility> AssessNeedsAsync(this Person office, Guid facility) => office.PostAsync<Facility>($"{Api}/facilities/{facility}/needs-assessment", new
    {
        languages = new[] { "hi", "ne" },
        literatePercent = 60,
        topics = new[] { "computer-basics", "labour-rights" },
        roomSquareMetres = 40,
        signal = "Good",
    });

    /// <summary>The employer shows every item of the checklist done, and the inspector passes it.</summary>
    public static async Task PrepareSpaceAsync(this Person employer, Person inspector, Guid facility)
    {
        foreach (var item in await employer.ShowSpaceAsync(facility)) await inspector.PostAsync<Facility>($"{Api}/facilities/{facility}/checklist/{item}/inspect", new { passed = true });
    }

    /// <summary>The employer shows every item of the checklist done. Returns the items, in the order of the list.</summary>
    public static async Task<IReadOnlyList<string>> ShowSpaceAsync(this Person employer, Guid facility)
    {
        var items = (await employer.GetAsync<Checklist>($"{Api}/facilities/{facility}/checklist")).Items;
        foreach (var item in items)
        {
            var path = $"{Api}/facilities/{facility}/checklist/{item.Item}";
            if (item.EvidenceNeeded) (await employer.UploadAsync($"{path}/evidence?fileName={item.Item}.jpg", [.. JpegBegins, .. Guid.NewGuid().ToByteArray()], "image/jpeg")).Read();
            await employer.PostAsync<Facility>($"{path}/done", new { note = "as agreed" });
        }
        return [.. items.Select(i => i.Item)];
    }

    /// <summary>Asks for the kit.</summary>
    public static Task<Facility> DeclareSpaceReadyAsync(this Person inspector, Guid facility) => inspector.PostAsync<Facility>($"{Api}/facilities/{facility}/space-ready");

    public static Task<Facility> OpenAsync(this Person office, Guid facility) => office.PostAsync<Facility>($"{Api}/facilities/{facility}/open");

    public static Task<Facility> WithdrawAsync(this Person person, Guid facility) =>
        person.PostAsync<Facility>($"{Api}/facilities/{facility}/withdraw", new { why = "The building is sold." });

    /// <summary>Withdraws all that wait for a kit, so that a journey knows who is next.</summary>
    public static async Task NobodyWaitsAsync(this Person office)
    {
        while ((await office.GetAsync<Page<Facility>>($"{Api}/facilities?state=SpaceReady&limit=200")).Items is { Count: > 0 } waiting)
            foreach (var facility in waiting) await office.WithdrawAsync(facility.Id);
    }

    public static Task<Facility> FacilityAsync(this Person person, Guid facility) => person.GetAsync<Facility>($"{Api}/facilities/{facility}");

    public static Task<Facility> BecomesAsync(this Person person, Guid facility, string state) =>
        Eventually.BecomesAsync(() => person.FacilityAsync(facility), f => f.State == state, TimeSpan.FromMinutes(1));

    /// <summary>Whether it does; it may have to wait for something else.</summary>
    public static async Task<bool> BecomesSoonAsync(this Person person, Guid facility, string state)
    {
        var until = DateTime.UtcNow.AddSeconds(5);
        while ((await person.FacilityAsync(facility)).State != state)
        {
            if (DateTime.UtcNow > until) return false;
            await Task.Delay(100);
        }
        return true;
    }

    public sealed record Named(Guid Id);

    private sealed record Checklist(IReadOnlyList<ChecklistItem> Items);

    private sealed record ChecklistItem(string Item, bool EvidenceNeeded);
}
