using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>An open wave at one facility, and the address from which a phone asks there.</summary>
/// <param name="Code">Of the wave.</param>
/// <param name="Facility">Code.</param>
public sealed record Surveyed(Person Evaluator, string Code, Guid Wave, string Facility, string ServerUrl);

/// <summary>How far tests of the evaluation need a survey to be.</summary>
public static class SurveySteps
{
    private const string Api = "/api/evaluation";
    private static readonly string[] Forms = ["bc-facility", "bc-worker-baseline"];

    public static string NewWaveCode() => $"W-{Guid.NewGuid():n}"[..14];

    /// <summary>One that Evaluation has heard of, where nobody has been trained yet.</summary>
    public static async Task<string> FacilityToSurveyAsync(this WholeSystem system)
    {
        var code = (await system.AppliedForAsync()).Code;
        await Eventually.BecomesAsync(() => system.Books.OneAsync<long>("evaluation", $"select count(*) from facilities where code = '{code}'"), found => found == 1);
        return code;
    }

    /// <param name="facility">Code; without it a new one that waits.</param>
    public static async Task<Surveyed> SurveyedAsync(this WholeSystem system, string instrument = "I7", string? facility = null)
    {
        facility ??= await system.FacilityToSurveyAsync();
        var (evaluator, code, now) = (await system.Staff.HireAsync(Roles.Evaluator), NewWaveCode(), DateTimeOffset.UtcNow);
        await evaluator.PostAsync<JsonElement>($"{Api}/waves", new
        {
            code,
            simulated = true,
            plan = new { instruments = new[] { instrument }, opens = now.AddHours(1), closes = now.AddDays(14), facilities = new[] { facility }, includesWaiting = true },
        });
        var wave = await evaluator.PostAsync<Named>($"{Api}/waves/{code}/open");
        var collector = await evaluator.PostAsync<IssuedCollector>($"{Api}/collectors", new { label = $"Phone {code}", forms = Forms, facilities = new[] { facility }, validUntil = now.AddDays(1) });
        return new(evaluator, code, wave.Id, facility, collector.ServerUrl);
    }

    /// <summary>A monitor's checklist of the facility, from a phone. Returns its instance id.</summary>
    public static Task<string> SendChecklistAsync(this WholeSystem system, Surveyed at, int hoursOpen) =>
        system.SendAsync(at, "bc-facility", $"<facility>{at.Facility}</facility><lab><OB1>{hoursOpen}</OB1><OB2>10</OB2><OB3>9</OB3></lab>");

    /// <summary>An interview with a worker who is asked one question.</summary>
    /// <param name="card">Of the worker.</param>
    /// <param name="usedTheLab"><c>yes</c> or <c>no</c>.</param>
    public static Task<string> SendInterviewAsync(this WholeSystem system, Surveyed at, string card, string usedTheLab) =>
        system.SendAsync(at, "bc-worker-baseline", $"<facility>{at.Facility}</facility><consent>yes</consent><interview><card>{card}</card><AC1>{usedTheLab}</AC1></interview>");

    /// <summary>Closed, frozen and computed. Returns the analysis' id.</summary>
    public static async Task<Guid> ComputeAsync(this Surveyed survey)
    {
        await survey.FreezeAsync();
        return (await survey.Evaluator.PostAsync<Named>($"{Api}/analyses", new { wave = survey.Code })).Id;
    }

    public static async Task FreezeAsync(this Surveyed survey)
    {
        await survey.Evaluator.PostAsync<Named>($"{Api}/waves/{survey.Code}/close");
        await survey.Evaluator.PostAsync<JsonElement>($"{Api}/waves/{survey.Code}/freeze");
    }

    private static async Task<string> SendAsync(this WholeSystem system, Surveyed at, string form, string answers)
    {
        var (id, now) = ($"uuid:{Guid.NewGuid()}", DateTimeOffset.UtcNow);
        var versions = await at.Evaluator.GetAsync<Page<Version>>($"{Api}/instruments");
        var version = versions.Items.Single(v => v.FormId == form).FormVersion;
        var xml = $"""<?xml version="1.0"?><data id="{form}" version="{version}"><start>{now:O}</start><end>{now:O}</end>{answers}<meta><instanceID>{id}</instanceID></meta></data>""";
        using var phone = system.Stranger();
        await Eventually.BecomesAsync(async () => // phones are limited in how much they send; the same bytes again are the same interview
        {
            using var body = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(xml)) { Headers = { ContentType = new("text/xml") } }, "xml_submission_file", "submission.xml" } };
            using var answer = await phone.PostAsync($"{at.ServerUrl}/submission?deviceID=phone", body);
            return answer.StatusCode;
        }, status => status == HttpStatusCode.Created, TimeSpan.FromMinutes(1));
        return id;
    }

    private sealed record Named(Guid Id);

    private sealed record IssuedCollector(string ServerUrl);

    private sealed record Version(string FormId, string FormVersion);
}
