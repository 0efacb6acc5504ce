using System.Collections.Concurrent;

namespace BetterConnections.Portal.Tests;

/// <summary>Where pages are opened whose address has parameters: at something that is there. A room with such a page adds a line.</summary>
public static class Examples
{
    private static readonly Dictionary<string, Func<WholeSystem, Task<string>>> ByPath = new()
    {
        ["/register/:role(employer|volunteer)"] = _ => Task.FromResult("/register/volunteer"),
        ["/devices/:barcode"] = async system => $"/devices/{await BarcodeAsync(system)}",
        ["/guides/:audience(employers|volunteers)"] = _ => Task.FromResult("/guides/employers"),
        ["/office/facilities/:key"] = async system => $"/office/facilities/{(await system.AppliedForAsync()).Id}",
        ["/office/donations/:key"] = async system => $"/office/donations/{(await system.GivenByDonorAsync()).Donation}",
        ["/office/devices/:key"] = async system => $"/office/devices/{await BarcodeAsync(system)}",
        ["/office/figures/:key"] = _ => Task.FromResult("/office/figures/facilities-opened"),
        ["/office/accounts/:key"] = async system => $"/office/accounts/{await system.Books.AccountAsync(system.Office)}",
        ["/training/sessions/:key"] = async system => $"/training/sessions/{await SessionAsync(system)}",
        ["/training/sessions/:key/change"] = async system => $"/training/sessions/{await SessionAsync(system)}/change",
        ["/training/courses/:key"] = async system => $"/training/courses/{await system.Books.OneAsync<Guid>("training", "select id from courses where code = 'train-the-trainer'")}",
        ["/training/runs/:key"] = _ => Task.FromResult($"/training/runs/{Guid.Empty}"), // there is none: the page says so
        ["/training/learners/:key"] = _ => Task.FromResult("/training/learners/NOBODY"), // likewise
        ["/stock/:key"] = async system => $"/stock/{(await system.Office.RegisterAsync("Desktop", $"X{Guid.NewGuid():n}")).Barcode}",
        ["/shipments/:id"] = async system => $"/shipments/{await ShipmentAsync(system)}",
        ["/counts/:id"] = async system => $"/counts/{(await system.Office.PostAsync<Thing>("/api/inventory/stock-counts", new { locationId = await system.Office.OpenWarehouseAsync() })).Id}",
        ["/work-orders/:id"] = async system => $"/work-orders/{(await system.Office.PostAsync<Thing>("/api/inventory/work-orders", new { clubId = await PlaceAsync(system, "Club") })).Id}",
        ["/ewaste/:id"] = async system => $"/ewaste/{(await (await system.Staff.WarehouseAsync()).PostAsync<Thing>("/api/inventory/ewaste", new { recyclerId = await PlaceAsync(system, "Recycler") })).Id}",
        ["/donations/:id"] = async system => $"/donations/{await DonationAsync(system)}",
        ["/donations/:id/manifest"] = async system => $"/donations/{await DonationAsync(system)}/manifest",
        ["/donations/:id/letter"] = async system => $"/donations/{await DonationAsync(system)}/letter",
        ["/volunteer/assignments/:id"] = _ => Task.FromResult($"/volunteer/assignments/{Guid.Empty}"), // nobody's: the page says so
        ["/volunteer/assignments/:id/report"] = _ => Task.FromResult($"/volunteer/assignments/{Guid.Empty}/report"),
        ["/volunteer/deliveries/:id"] = _ => Task.FromResult($"/volunteer/deliveries/{Guid.Empty}"),
        ["/volunteer/sessions/:id"] = _ => Task.FromResult($"/volunteer/sessions/{Guid.Empty}"),
        ["/volunteer/lessons/:topic/:language"] = _ => Task.FromResult("/volunteer/lessons/labour-rights/ur"),
        ["/employer/sites/:id"] = _ => Task.FromResult($"/employer/sites/{Guid.Empty}"),
        ["/employer/facilities/:key"] = _ => Task.FromResult($"/employer/facilities/{Guid.Empty}"),
        ["/employer/facilities/:id/tickets"] = _ => Task.FromResult($"/employer/facilities/{Guid.Empty}/tickets"),
        ["/employer/facilities/:id/workers"] = _ => Task.FromResult($"/employer/facilities/{Guid.Empty}/workers"),
        ["/evaluation/waves/:key"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}",
        ["/evaluation/waves/:key/interviews"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}/interviews",
        ["/evaluation/waves/:key/samples"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}/samples",
        ["/evaluation/submissions/:key"] = async system => $"/evaluation/submissions/{(await AnalysedAsync(system)).Submission}",
        ["/evaluation/results/:key"] = async system => $"/evaluation/results/{(await AnalysedAsync(system)).Analysis}",
        ["/evaluation/instruments/:key"] = _ => Task.FromResult("/evaluation/instruments/I7"),
        ["/:rest(.*)*"] = _ => Task.FromResult("/a/page/that/is/not"),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Made = new();

    /// <summary>An address of the route, the same for everybody who looks at the page.</summary>
    public static Task<string> OfAsync(Route route, WholeSystem system) => Made.GetOrAdd(route.Path, _ => new(() => MakeAsync(route, system))).Value;

    private static Task<string> MakeAsync(Route route, WholeSystem system) =>
        ByPath.TryGetValue(route.Path, out var example) ? example(system)
        : route.Path.Contains(':') ? throw new InvalidOperationException($"{route.Path} has a parameter. Say in Examples.cs where it can be opened.")
        : Task.FromResult(route.Path);

    private static async Task<string> BarcodeAsync(WholeSystem system) => (await (await system.Staff.WarehouseAsync()).RegisterAsync("Desktop", $"E{Guid.NewGuid():n}")).Barcode;

    private static async Task<Guid> PlaceAsync(WholeSystem system, string kind) =>
        (await system.Office.PostAsync<Thing>("/api/inventory/locations", new { code = $"X{Guid.NewGuid():n}"[..12], name = kind, kind, organisationId = Guid.NewGuid() })).Id;

    private static async Task<Guid> DonationAsync(WholeSystem system)
    {
        var donor = await system.Office.PostAsync<Thing>("/api/inventory/donors", new { name = $"A company {Guid.NewGuid()}", kind = "Company" });
        return (await system.Office.PostAsync<Thing>("/api/inventory/donations", new { donorId = donor.Id, description = "Computers", expectedDevices = 10 })).Id;
    }

    private static async Task<Guid> SessionAsync(WholeSystem system)
    {
        if (await system.Books.OneAsync<long>("training", "select count(*) from sessions where state = 'Planned'") == 0) await (await system.School.OpenAsync()).WriteDownSessionAsync();
        return await system.Books.OneAsync<Guid>("training", "select id from sessions where state = 'Planned' order by id desc limit 1");
    }

    private static async Task<Guid> ShipmentAsync(WholeSystem system)
    {
        if ((await system.Office.GetAsync<Page<Thing>>("/api/inventory/shipments?limit=1")).Items.Count == 0) await system.School.OpenAsync();
        return (await system.Office.GetAsync<Page<Thing>>("/api/inventory/shipments?limit=1")).Items[0].Id;
    }

    private static readonly Lock Analysing = new();
    private static Task<Analysed>? _analysed;

    /// <summary>One for all, since it takes long to come about.</summary>
    private static Task<Analysed> AnalysedAsync(WholeSystem system)
    {
        lock (Analysing) return _analysed ??= FromSurveyAsync();

        async Task<Analysed> FromSurveyAsync()
        {
            var survey = await system.SurveyedAsync();
            var instance = await system.SendChecklistAsync(survey, hoursOpen: 40);
            return new(survey.Code, await system.Books.OneAsync<long>("evaluation", $"select id from submissions where instance_id = '{instance}'"), await survey.ComputeAsync());
        }
    }

    private sealed record Analysed(string Wave, long Submission, Guid Analysis);

    private sealed record Thing(Guid Id);
}
