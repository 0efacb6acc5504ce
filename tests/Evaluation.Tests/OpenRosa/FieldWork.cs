using BetterConnections.Contracts;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>A facility with three workers, and a collector who may ask them.</summary>
public sealed class FieldWork
{
    public const string Baseline = "bc-worker-baseline", Endline = "bc-worker-endline", Checklist = "bc-facility";

    private FieldWork(EvaluationApp app) => App = app;

    public EvaluationApp App { get; }
    public Guid FacilityId { get; } = Guid.NewGuid();
    public string Facility { get; } = $"F{Random.Shared.Next(100_000, 999_999_999)}";
    public IReadOnlyList<JoinedWorker> Workers { get; } = [.. Enumerable.Range(0, 3).Select(i => new JoinedWorker(Guid.NewGuid(), Card(), i == 0 ? ["ne", "hi"] : ["ar"]))];
    public IssuedCollector Issued { get; private set; } = null!;
    public HttpClient Office { get; private set; } = null!;
    /// <summary>The app on the phone, as the gateway lets it through.</summary>
    public CollectDouble Phone { get; private set; } = null!;

    public static string Card() => $"W-{Random.Shared.NextInt64(1_000_000, 9_999_999_999)}-X";

    public static async Task<FieldWork> PrepareAsync(EvaluationApp app, params IReadOnlyList<string> forms)
    {
        var field = new FieldWork(app) { Office = app.As(Roles.Evaluator) };
        await app.DeliverAsync(new FacilityOpened(field.FacilityId, field.Facility, Guid.NewGuid(), 1, "Zone 91", 25.2, 51.5, 800, ["ne", "ar"], [], DateTimeOffset.UtcNow));
        await app.DeliverAsync(new WorkersJoined(field.FacilityId, field.Workers, DateTimeOffset.UtcNow));
        (field.Issued, field.Phone) = await field.IssueAsync(forms.Count > 0 ? forms : [Baseline, Checklist], [field.Facility]);
        return field;
    }

    public async Task<(IssuedCollector Issued, CollectDouble Phone)> IssueAsync(IReadOnlyList<string> forms, IReadOnlyList<string> facilities)
    {
        var issued = await Office.PostAsync<IssuedCollector>("/api/evaluation/collectors",
            new { label = "Team 3, phone 2", forms, facilities, validUntil = App.Clock.GetUtcNow().AddDays(30) });
        return (issued, new CollectDouble(App.Anonymous(), issued.ServerUrl));
    }

    /// <summary>The latest published version of a form.</summary>
    public Task<string> VersionAsync(string form) => App.InDbAsync(db => db.InstrumentVersions.Where(v => v.FormId == form && v.State == InstrumentState.Published)
        .OrderByDescending(v => v.Number).Select(v => v.FormVersion!).FirstAsync());

    /// <summary>A filled form as apps write it.</summary>
    /// <param name="slow">By how much the phone's clock is behind.</param>
    public async Task<FormText> FillAsync(string form = Baseline, string? card = null, string? facility = null, string? instanceId = null, string? edits = null, string answers = "<AC1>yes</AC1>",
        TimeSpan slow = default)
    {
        instanceId ??= $"uuid:{Guid.NewGuid()}";
        var now = App.Clock.GetUtcNow() - slow;
        var deprecated = edits is null ? "" : $"<deprecatedID>{edits}</deprecatedID>";
        return new(instanceId, $"""
            <?xml version="1.0" encoding="UTF-8"?><data id="{form}" version="{await VersionAsync(form)}"><start>{now.AddMinutes(-9):O}</start><end>{now:O}</end><facility>{facility ?? Facility}</facility><card>{card ?? Workers[0].Code}</card><respondent/><g>{answers}<AC2/></g><meta><instanceID>{instanceId}</instanceID>{deprecated}</meta></data>
            """);
    }
}

public sealed record FormText(string InstanceId, string Xml);
