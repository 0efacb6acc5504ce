using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Waves;

/// <summary>A facility of a survey with its workers' cards.</summary>
public sealed record Place(Guid Id, string Code, IReadOnlyList<JoinedWorker> Workers);

/// <summary>Facilities in a zone of their own, and a wave there: other tests of the suite have their own zones.</summary>
public sealed class Survey(EvaluationApp app)
{
    public const string Waves = "/api/evaluation/waves";

    public EvaluationApp App { get; } = app;
    public string Zone { get; } = $"Zone {Guid.NewGuid():n}";
    public string Code { get; } = $"W{Guid.NewGuid().ToString("n")[..12]}";
    public string Address => $"{Waves}/{Code}";
    public HttpClient Evaluator { get; } = app.As(Roles.Evaluator);
    private readonly HttpClient _partner = app.WithScope("evaluation.submit");
    public List<Place> Places { get; } = [];
    private DateTimeOffset Now => App.Clock.GetUtcNow();

    /// <param name="workers">At each facility; one facility for each number.</param>
    public async Task<Survey> WithFacilitiesAsync(params int[] workers)
    {
        foreach (var count in workers) await AddFacilityAsync(Zone, count);
        return this;
    }

    public async Task<Place> AddFacilityAsync(string zone, int workers, IReadOnlyList<string>? languages = null)
    {
        var place = new Place(Guid.NewGuid(), $"F{Random.Shared.NextInt64(100_000, 9_999_999_999)}",
            [.. Enumerable.Range(0, workers).Select(_ => new JoinedWorker(Guid.NewGuid(), $"W-{Random.Shared.NextInt64(1_000_000, 99_999_999_999)}-X", ["ne"]))]);
        await App.DeliverAsync(new FacilityOpened(place.Id, place.Code, Guid.NewGuid(), 1, zone, 25.2, 51.5, 800, languages ?? ["ne", "ar"], [], Now.AddDays(-400)));
        if (workers > 0) await App.DeliverAsync(new WorkersJoined(place.Id, place.Workers, Now));
        Places.Add(place);
        return place;
    }

    public object Plan(TimeSpan? opensIn = null, TimeSpan? lasts = null, string[]? instruments = null, string[]? zones = null, bool includesWaiting = false)
    {
        var opens = Now + (opensIn ?? TimeSpan.FromHours(1)); // by hand: whatever is due, any test of the suite may open
        return new { instruments = instruments ?? ["I1"], opens, closes = opens + (lasts ?? TimeSpan.FromDays(30)), zones = zones ?? [Zone], includesWaiting };
    }

    public Task<WaveView> PlanAsync(object? plan = null, WaveKind kind = WaveKind.HalfYear) => Evaluator.PostAsync<WaveView>(Waves, new { code = Code, kind, plan = plan ?? Plan() });

    public async Task<WaveView> OpenAsync(object? plan = null, WaveKind kind = WaveKind.HalfYear)
    {
        await PlanAsync(plan, kind);
        return await Evaluator.PostAsync<WaveView>($"{Address}/open");
    }

    /// <summary>Opened by plan some time ago.</summary>
    public async Task<WaveView> OpenSinceAsync(TimeSpan ago)
    {
        await PlanAsync(Plan(opensIn: -ago));
        return await AdvanceUntilAsync(WaveState.Open);
    }

    /// <summary>Another test may have the row just then, and do it instead.</summary>
    public Task<WaveView> AdvanceUntilAsync(WaveState state) => Eventually.BecomesAsync(async () =>
    {
        await AdvanceAsync();
        return await Evaluator.GetAsync<WaveView>(Address);
    }, w => w.State == state);

    public Task<SampleView> DrawAsync(object design) => Evaluator.PostAsync<SampleView>($"{Address}/samples", design);

    public async Task<IReadOnlyList<MemberView>> MembersAsync(int sample = 1) => (await Evaluator.GetAsync<Page<MemberView>>($"{Address}/samples/{sample}/members?limit=200")).Items;

    public async Task<IReadOnlyList<AssignmentView>> AssignmentsAsync(string query = "") => (await Evaluator.GetAsync<Page<AssignmentView>>($"{Address}/assignments?limit=200{query}")).Items;

    /// <summary>Sends one interview as a partner system does, and tells what became of it.</summary>
    public async Task<SubmissionView> SubmitAsync(Place place, JoinedWorker worker, string form = "bc-worker-baseline", string consent = "yes", DateTimeOffset? ended = null, string? deprecates = null)
    {
        var version = await App.InDbAsync(db => db.InstrumentVersions.Where(v => v.FormId == form && v.FormVersion != null).OrderByDescending(v => v.Number).Select(v => v.FormVersion!).FirstAsync());
        var instance = $"uuid:{Guid.NewGuid()}";
        var end = ended ?? Now;
        var report = await _partner.PostAsync<BulkReport>("/api/evaluation/submissions/bulk", new
        {
            submissions = new[] { new { instanceId = instance, formId = form, formVersion = version, card = worker.Code, facility = place.Code,
                startedAt = end.AddMinutes(-10), endedAt = end, deprecates = deprecates?.Split('/')[^1], answers = new Dictionary<string, string> { ["consent"] = consent, ["AC1"] = "yes" } } },
        });
        Assert.True(report.Stored == 1, string.Join(", ", report.Results.Select(r => $"{r.Code} {r.Detail}")));
        return await App.InDbAsync(db => db.Submissions.AsNoTracking().Where(s => s.InstanceId.EndsWith("/" + instance)).Select(SubmissionView.Of(db)).SingleAsync());
    }

    public Task<Submission> StoredAsync(long id) => App.InDbAsync(db => db.Submissions.AsNoTracking().SingleAsync(s => s.Id == id));

    public Task AdvanceAsync() => App.Services.GetRequiredService<WavesAdvance>().AdvanceDueAsync(TestContext.Current.CancellationToken);
}
