using System.Collections.Concurrent;
using System.Text.Json;

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
        ["/office/facilities/:key/opening"] = async system => $"/office/facilities/{(await system.AppliedForAsync()).Id}/opening",
        ["/office/partners/:key"] = async system => $"/office/partners/{await PartnerAsync(system)}",
        ["/office/pledges/:key"] = async system => $"/office/pledges/{(await system.Office.PostAsync<Thing>($"/api/enrollment/partners/{await PartnerAsync(system)}/pledges", new { what = "Chairs", quantity = 20, unit = "chairs", dueOn = "2030-01-31" })).Id}",
        ["/office/webhooks/:key"] = async system => $"/office/webhooks/{(await system.Office.PostAsync<Thing>("/api/evaluation/webhooks", new { url = "https://example.invalid/hook", types = new[] { "webhook.ping" } })).Id}",
        ["/office/volunteers/:key"] = async system => $"/office/volunteers/{(await TaughtAsync(system)).Teacher.Id}",
        ["/office/donations/:key"] = async system => $"/office/donations/{(await system.GivenByDonorAsync()).Donation}",
        ["/office/devices/:key"] = async system => $"/office/devices/{await BarcodeAsync(system)}",
        ["/office/figures/:key"] = _ => Task.FromResult("/office/figures/facilities-opened"),
        ["/office/accounts/:key"] = async system => $"/office/accounts/{await system.Books.AccountAsync(system.Office)}",
        ["/training/sessions/:key"] = async system => $"/training/sessions/{await SessionAsync(system)}",
        ["/training/sessions/:key/change"] = async system => $"/training/sessions/{await SessionAsync(system)}/change",
        ["/training/courses/:key"] = async system => $"/training/courses/{await system.Books.OneAsync<Guid>("training", "select id from courses where code = 'train-the-trainer'")}",
        ["/training/courses/:key/change"] = async system => $"/training/courses/{await system.Books.OneAsync<Guid>("training", "select id from courses where code = 'train-the-trainer'")}/change",
        ["/training/toolkits/:key"] = async system => $"/training/toolkits/{await ToolkitAsync(system)}",
        ["/training/toolkits/:key/versions/:number/:slug"] = async system => $"/training/toolkits/{await ToolkitAsync(system)}/versions/1/" + await system.Books.OneAsync<string>("training",
            $"select m.slug from modules m join toolkit_versions v on v.id = m.version_id where v.toolkit_id = '{await ToolkitAsync(system)}' and v.number = 1 order by position limit 1"),
        ["/training/runs/:key"] = async system => $"/training/runs/{await RunAsync(system)}",
        ["/training/learners/:key"] = async system => $"/training/learners/{(await TaughtAsync(system)).Card}",
        ["/stock/:key"] = async system => $"/stock/{(await GivenAsync(system)).Barcode}",
        ["/shipments/:id"] = async system => $"/shipments/{await ShipmentAsync(system)}",
        ["/counts/:id"] = async system => $"/counts/{(await system.Office.PostAsync<Thing>("/api/inventory/stock-counts", new { locationId = await system.Office.OpenWarehouseAsync() })).Id}",
        ["/work-orders/:id"] = async system => $"/work-orders/{(await system.Office.PostAsync<Thing>("/api/inventory/work-orders", new { clubId = await PlaceAsync(system, "Club") })).Id}",
        ["/ewaste/:id"] = async system => $"/ewaste/{(await (await system.Staff.WarehouseAsync()).PostAsync<Thing>("/api/inventory/ewaste", new { recyclerId = await PlaceAsync(system, "Recycler") })).Id}",
        ["/donations/:id"] = async system => $"/donations/{(await GivenAsync(system)).Donation}",
        ["/donations/:id/manifest"] = async system => $"/donations/{(await GivenAsync(system)).Donation}/manifest",
        ["/donations/:id/letter"] = async system => $"/donations/{(await GivenAsync(system)).Donation}/letter",
        ["/volunteer/assignments/:id"] = async system => $"/volunteer/assignments/{(await TaughtAsync(system)).Teacher.Assignment}",
        ["/volunteer/assignments/:id/report"] = async system => $"/volunteer/assignments/{(await TaughtAsync(system)).Teacher.Assignment}/report",
        ["/volunteer/deliveries/:id"] = async system => $"/volunteer/deliveries/{(await TaughtAsync(system)).Delivery}",
        ["/volunteer/sessions/:id"] = async system => $"/volunteer/sessions/{(await TaughtAsync(system)).Session}",
        ["/volunteer/lessons/:topic/:language"] = _ => Task.FromResult("/volunteer/lessons/labour-rights/ur"),
        ["/employer/sites/:id"] = async system => $"/employer/sites/{(await EmployingAsync(system)).Site}",
        ["/employer/facilities/:key"] = async system => $"/employer/facilities/{(await EmployingAsync(system)).Prepared}",
        ["/employer/facilities/:id/tickets"] = async system => $"/employer/facilities/{(await EmployingAsync(system)).Open}/tickets",
        ["/employer/facilities/:id/workers"] = async system => $"/employer/facilities/{(await EmployingAsync(system)).Open}/workers",
        ["/evaluation/waves/:key"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}",
        ["/evaluation/waves/:key/interviews"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}/interviews",
        ["/evaluation/waves/:key/samples"] = async system => $"/evaluation/waves/{(await AnalysedAsync(system)).Wave}/samples",
        ["/evaluation/submissions/:key"] = async system => $"/evaluation/submissions/{(await AnalysedAsync(system)).Submission}",
        ["/evaluation/results/:key"] = async system => $"/evaluation/results/{(await AnalysedAsync(system)).Analysis}",
        ["/evaluation/instruments/:key"] = _ => Task.FromResult("/evaluation/instruments/I7"),
        ["/facilities/:id/needs"] = async system => $"/facilities/{await NamedAsync(system, (await system.AppliedForAsync()).Id, "Assessor")}/needs",
        ["/facilities/:id/inspection"] = async system => $"/facilities/{await NamedAsync(system, (await system.AssessedFacilityAsync()).Facility, "Inspector")}/inspection",
        ["/openings/:id"] = async system => $"/openings/{(await system.SeekAsync("Monitor", DateTimeOffset.UtcNow.AddDays(3))).Id}",
        ["/tickets/:id"] = async system => $"/tickets/{(await EmployingAsync(system)).Ticket}",
        ["/:rest(.*)*"] = _ => Task.FromResult("/a/page/that/is/not"),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Made = new();

    /// <summary>Who looks at a role's pages: somebody to whom what stands there belongs.</summary>
    public static async Task<Person> OwnerAsync(string role, Portal portal) => role switch
    {
        Roles.Volunteer => (await TaughtAsync(portal.System)).Teacher.Person,
        Roles.Employer => (await EmployingAsync(portal.System)).Employer,
        _ => await portal.SomebodyAsync(role),
    };

    /// <summary>An address of the route, the same for everybody who looks at the page.</summary>
    public static Task<string> OfAsync(Route route, WholeSystem system) => Made.GetOrAdd(route.Path, _ => new(() => MakeAsync(route, system))).Value;

    private static Task<string> MakeAsync(Route route, WholeSystem system) =>
        ByPath.TryGetValue(route.Path, out var example) ? example(system)
        : route.Path.Contains(':') ? throw new InvalidOperationException($"{route.Path} has a parameter. Say in Examples.cs where it can be opened.")
        : Task.FromResult(route.Path);

    private static async Task<string> BarcodeAsync(WholeSystem system) => (await (await system.Staff.WarehouseAsync()).RegisterAsync("Desktop", $"E{Guid.NewGuid():n}")).Barcode;

    private static async Task<Guid> PlaceAsync(WholeSystem system, string kind) =>
        (await system.Office.PostAsync<Thing>("/api/inventory/locations", new { code = $"X{Guid.NewGuid():n}"[..12], name = kind, kind, organisationId = Portal.Organisation })).Id;

    private static async Task<Guid> PartnerAsync(WholeSystem system) =>
        (await system.Office.PostAsync<Thing>("/api/enrollment/partners", new { name = $"Partner {Guid.NewGuid():n}", kind = "Other" })).Id;

    private static Task<Guid> ToolkitAsync(WholeSystem system) => system.Books.OneAsync<Guid>("training", "select toolkit_id from toolkit_versions where number = 1 and state = 'Published' order by 1 limit 1");

    private static async Task<Guid> SessionAsync(WholeSystem system)
    {
        if (await system.Books.OneAsync<long>("training", "select count(*) from sessions where state = 'Planned'") == 0) await (await system.School.OpenAsync()).WriteDownSessionAsync();
        return await system.Books.OneAsync<Guid>("training", "select id from sessions where state = 'Planned' order by id desc limit 1");
    }

    /// <summary>The volunteer who looks at the pages takes this step at the facility.</summary>
    private static async Task<Guid> NamedAsync(WholeSystem system, Guid facility, string role)
    {
        var subject = await system.Books.AccountAsync((await TaughtAsync(system)).Teacher.Person);
        await system.Office.PostAsync<JsonElement>($"/api/enrollment/facilities/{facility}/helpers", new { subject, role });
        return facility;
    }

    private static async Task<Guid> ShipmentAsync(WholeSystem system)
    {
        if ((await system.Office.GetAsync<Page<Thing>>("/api/inventory/shipments?limit=1")).Items.Count == 0) await system.School.OpenAsync();
        return (await system.Office.GetAsync<Page<Thing>>("/api/inventory/shipments?limit=1")).Items[0].Id;
    }

    /// <summary>Not begun yet, of one session.</summary>
    private static async Task<Guid> RunAsync(WholeSystem system)
    {
        var (partner, starts) = ((await system.School.OpenAsync()).Partner, DateTimeOffset.UtcNow.AddDays(30));
        var session = await partner.PlanAsync(new
        {
            topic = "teaching-adults", audience = "Volunteers", language = "en", starts, ends = starts.AddHours(3), seats = 20, venue = $"Hall {Guid.NewGuid():n}"[..12], byTrainingPartner = true,
        });
        var course = await system.Books.OneAsync<Guid>("training", "select id from courses where code = 'train-the-trainer'");
        return (await partner.PostAsync<Thing>($"/api/training/courses/{course}/runs", new { sessions = new[] { session.Id } })).Id;
    }

    // What takes long to come about, there is once.
    private static readonly Lock Making = new();
    private static Task<Given>? _given;
    private static Task<Taught>? _taught;
    private static Task<Employing>? _employing;
    private static Task<Analysed>? _analysed;

    private static Task<T> Once<T>(ref Task<T>? made, Func<Task<T>> make)
    {
        lock (Making) return made ??= make();
    }

    /// <summary>By the donor, and at a place of the club and the recycler: else it is there for none of them.</summary>
    private static Task<Given> GivenAsync(WholeSystem system) =>
        Once(ref _given, async () => await system.GivenByDonorAsync(donor: Portal.Organisation, place: await PlaceAsync(system, "Warehouse")));

    private static Task<Taught> TaughtAsync(WholeSystem system) => Once(ref _taught, async () =>
    {
        var teacher = new Teacher(system);
        await teacher.InitializeAsync();
        var (_, delivery, _) = await system.DispatchedKitAsync(receiver: await system.Books.AccountAsync(teacher.Person));
        var session = await teacher.PlanAsync(DateTimeOffset.UtcNow.AddMinutes(90)); // after those of other teachers in the same room
        var cards = await teacher.JoinAsync(2);
        await (await system.School.OpenAsync()).Partner.PostAsync<JsonElement>($"/api/training/sessions/{session}/roster", new { learners = cards });
        return new Taught(teacher, session, delivery, cards[0]);
    });

    private static Task<Employing> EmployingAsync(WholeSystem system) => Once(ref _employing, async () =>
    {
        var (employer, open, _) = await system.OpenFacilityAsync();
        var ticket = await employer.PostAsync<Thing>($"/api/enrollment/facilities/{open}/tickets", new { concerns = "Room", description = "The door does not lock." });
        var site = await employer.AddSiteAsync("Camp 8", facilities: 1);
        var prepared = await employer.ApplyAsync(site);
        await system.Office.AssessNeedsAsync(prepared.Id);
        return new Employing(employer, site, prepared.Id, open, ticket.Id);
    });

    private static Task<Analysed> AnalysedAsync(WholeSystem system) => Once(ref _analysed, async () =>
    {
        var survey = await system.SurveyedAsync();
        var instance = await system.SendChecklistAsync(survey, hoursOpen: 40);
        return new Analysed(survey.Code, await system.Books.OneAsync<long>("evaluation", $"select id from submissions where instance_id = '{instance}'"), await survey.ComputeAsync());
    });

    /// <param name="Card">Of a worker who is on the session's list.</param>
    private sealed record Taught(Teacher Teacher, Guid Session, Guid Delivery, string Card);

    /// <param name="Prepared">A facility whose room is not ready yet.</param>
    /// <param name="Open">A facility where something is to be mended.</param>
    private sealed record Employing(Person Employer, Guid Site, Guid Prepared, Guid Open, Guid Ticket);

    private sealed record Analysed(string Wave, long Submission, Guid Analysis);

    private sealed record Thing(Guid Id);
}
