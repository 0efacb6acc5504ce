using System.Security.Cryptography;
using System.Text;
using BetterConnections.Contracts;

namespace BetterConnections.Journeys.Tests;

/// <summary>A monitor who sends interviews by a collector's address, and an evaluator who looks through them.</summary>
public sealed class SurveyTraffic
{
    private const int Number = 200; // a field team's phones count from 1
    private const int Interviews = 6, PhotographedEvery = 3, SentAgainEvery = 6;
    private static readonly byte[] PngBegins = [0x89, .. "PNG\r\n\u001a\n"u8];
    private readonly Phone _phone;
    private readonly FacilityChecklist _checklist;
    private readonly Ledger _ledger;

    private SurveyTraffic(Person evaluator, Phone phone, FacilityChecklist checklist, Ledger ledger) => (Evaluator, _phone, _checklist, _ledger) = (evaluator, phone, checklist, ledger);

    public Person Evaluator { get; }

    public static async Task<SurveyTraffic> EquipAsync(WholeSystem system, School school, Ledger ledger)
    {
        var evaluator = await system.Staff.HireAsync(Roles.Evaluator);
        var facility = (await system.Office.FacilityAsync(school.Facility)).Code;
        var phone = new Phone(await Collector.IssuedByAsync(evaluator, ledger.Mark, FacilityChecklist.Form, facility), Number, system.Meter);
        return new(evaluator, phone, await FacilityChecklist.OfAsync(phone, facility), ledger);
    }

    /// <summary>A round of a facility: some interviews, one of which the evaluator approves.</summary>
    public async Task SurveyAsync()
    {
        for (var number = 1; number <= Interviews; number++) await InterviewAsync(number);
        var latest = (await Evaluator.GetAsync<Page<Submission>>($"/api/evaluation/submissions?facility={_checklist.Facility}&limit=1")).Items.Single();
        await Evaluator.PostAsync<Submission>($"/api/evaluation/submissions/{latest.Id}/approve");
        _ledger.Approved.Add(latest.InstanceId);
    }

    private async Task InterviewAsync(int number)
    {
        var id = $"uuid:{_ledger.Mark}-{Guid.NewGuid()}";
        var xml = _checklist.Fill(id, number);
        Photograph[] photographs = number % PhotographedEvery == 0 ? [Take("door.png"), Take("room.png")] : [];
        await _phone.SendAsync(id, xml, photographs);
        if (number % SentAgainEvery == 0) await _phone.SendAsync(id, xml, photographs); // as a phone does that did not hear the answer
        _ledger.Interviews[id] = Hash(Encoding.UTF8.GetBytes(xml));
        foreach (var photograph in photographs) _ledger.Photographs[$"{id} {photograph.Name}"] = Hash(photograph.Content);

        Photograph Take(string name) => new(name, [.. PngBegins, .. Encoding.UTF8.GetBytes($"{id} {name}")]);
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed record Submission(long Id, string InstanceId);
}
