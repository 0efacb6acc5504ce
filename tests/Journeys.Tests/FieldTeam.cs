using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>Monitors with phones who fill in the facility checklist, each on its own until a common number is reached.</summary>
public sealed class FieldTeam : IDisposable
{
    private const string Form = "bc-facility";
    private const int SentAgainEvery = 10;
    private readonly IReadOnlyList<Phone> _phones;
    private readonly string _facility, _version;
    private int _begun, _acknowledged;

    private FieldTeam(IReadOnlyList<Phone> phones, string facility, string version) => (_phones, _facility, _version) = (phones, facility, version);

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
        {
            var scope = new { label = $"Phone {number}", forms = new[] { Form }, facilities = new[] { facility }, validUntil = DateTimeOffset.UtcNow.AddDays(1) };
            // Refused until Evaluation has heard of the facility.
            var issued = await Eventually.BecomesAsync(() => evaluator.TryPostAsync("/api/evaluation/collectors", scope), a => a.IsDone, TimeSpan.FromMinutes(1));
            equipped.Add(new(issued.Read<Collector>(), number));
        }
        return new(equipped, facility, await equipped[0].VersionAsync(Form));
    }

    /// <summary>Sends so many interviews; every tenth of them once more after it was acknowledged, as a phone does that did not hear the answer.</summary>
    public Task SendAsync(int count) => Task.WhenAll(_phones.Select(phone => Task.Run(async () =>
    {
        for (int number; (number = Interlocked.Increment(ref _begun)) <= count;)
        {
            var (id, xml) = Fill(number);
            await phone.SendAsync(id, xml);
            if (number % SentAgainEvery == 0) await phone.SendAsync(id, xml);
            Interlocked.Increment(ref _acknowledged);
        }
    })));

    private (string InstanceId, string Xml) Fill(int number)
    {
        var (id, now) = ($"{Mark}-{number}", DateTimeOffset.UtcNow);
        return (id, $"""
            <?xml version="1.0" encoding="UTF-8"?><data id="{Form}" version="{_version}"><start>{now.AddMinutes(-5):O}</start><end>{now:O}</end><facility>{_facility}</facility><lab><OB1>{number % 169}</OB1><OB2>10</OB2><OB3>9</OB3></lab><meta><instanceID>{id}</instanceID></meta></data>
            """);
    }

    public void Dispose()
    {
        foreach (var phone in _phones) phone.Dispose();
    }
}
