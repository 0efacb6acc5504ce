using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary><c>kill -9</c> while a day's interviews come in.</summary>
public class SubmissionKillTests(WholeSystem system, ITestOutputHelper output)
{
    private const int Interviews = 10_000, Phones = 16;

    [Fact]
    public async Task Ten_thousand_interviews_sent_while_processes_are_killed_are_ten_thousand()
    {
        using var team = await FieldTeam.EquipAsync(system, Phones);
        var began = DateTime.UtcNow;
        var sending = team.SendAsync(Interviews);

        string[][] faults = [["evaluation"], ["rabbitmq"], ["postgres"], ["gateway"], ["postgres", "rabbitmq", "evaluation", "gateway"]];
        for (var fault = 0; fault < faults.Length; fault++)
        {
            var due = Interviews * (fault + 1) / (faults.Length + 1);
            await Eventually.BecomesAsync(async () =>
            {
                if (sending.IsFaulted) await sending;
                return team.Acknowledged;
            }, acknowledged => acknowledged >= due, TimeSpan.FromMinutes(2));
            foreach (var victim in faults[fault]) await system.Processes.KillAsync(victim);
            await system.Processes.AllHealthyAsync();
        }
        await sending;
        output.WriteLine($"{Interviews} interviews in {(DateTime.UtcNow - began).TotalSeconds:0} s, {team.Repeated} requests repeated");

        await new Audit(system).EverythingIsDeliveredAsync();
        var ids = await system.Books.ColumnAsync<string>("evaluation", $"select instance_id from submissions where instance_id like '{team.Mark}%' and complete and superseded_by is null");
        Assert.Equal(Interviews, ids.Count);
        Assert.Equal(team.AcknowledgedIds.Distinct().Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        // Each is whole: the bytes that were sent, and the answers that were read from them.
        Assert.Empty(await system.Books.ColumnAsync<string>("evaluation", $"""
            select instance_id from submissions where instance_id like '{team.Mark}%'
                and (sha256 <> sha256(body) or position(instance_id in convert_from(body, 'UTF8')) = 0 or answers ->> 'OB2' is distinct from '10' or facility_id is null)
            """));
    }
}
