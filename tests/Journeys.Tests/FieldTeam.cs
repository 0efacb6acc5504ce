using BetterConnections.Contracts;

namespace BetterConnections.Journeys.Tests;

/// <summary>Monitors with phones who fill in the facility checklist, each on its own until a common number is reached.</summary>
public sealed class FieldTeam : IDisposable
{
    private const int SentAgainEvery = 10;
    private readonly IReadOnlyList<Phone> _phones;
    private readonly FacilityChecklist _checklist;
    private int _begun, _acknowledged;

    private FieldTeam(IReadOnlyList<Phone> phones, FacilityChecklist checklist) => (_phones, _checklist) = (phones, checklist);

    /// <summary>Begins every instance id of this team.</summary>
    public string Mark { get; } = $"uuid:{Guid.NewGuid():n}";

    public int Acknowledged => _acknowledged;
    public IEnumerable<string> AcknowledgedIds => _phones.SelectMany(p => p.Acknowledged);
    public int Repeated => _phones.Sum(p => p.Repeated);

    public static async Task<FieldTeam> EquipAsync(WholeSystem system, int phones)
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        var facility = (await employer.ApplyAsync(await employer.AddSiteAsync("Camp of the survey", facilities: 1))).Code;
        var evaluator = await system.Staff.HireAsync(Roles.Evaluator);

        var equipped = new List<Phone>();
        for (var number = 1; number <= phones; number++)
            equipped.Add(new(await Collector.IssuedByAsync(evaluator, $"Phone {number}", FacilityChecklist.Form, facility), number, system.Meter));
        return new(equipped, await FacilityChecklist.OfAsync(equipped[0], facility));
    }

    /// <summary>Sends so many interviews; every tenth of them once more after it was acknowledged, as a phone does that did not hear the answer.</summary>
    public Task SendAsync(int count) => Task.WhenAll(_phones.Select(phone => Task.Run(async () =>
    {
        for (int number; (number = Interlocked.Increment(ref _begun)) <= count;)
        {
            var id = $"{Mark}-{number}";
            var xml = _checklist.Fill(id, number);
            await phone.SendAsync(id, xml);
            if (number % SentAgainEvery == 0) await phone.SendAsync(id, xml);
            Interlocked.Increment(ref _acknowledged);
        }
    })));

    public void Dispose()
    {
        foreach (var phone in _phones) phone.Dispose();
    }
}
