using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>What is said of a worker in Enrollment is heeded where workers are asked and taught.</summary>
public class DepartureJourneyTests(WholeSystem system) : IAsyncLifetime
{
    private const string Form = "bc-worker-baseline";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private School _school = null!;

    public async ValueTask InitializeAsync() => _school = await system.School.OpenAsync();

    [Fact]
    public async Task Who_left_declined_or_was_erased_is_on_no_phone_any_more_and_an_erased_workers_interview_and_card_are_gone()
    {
        var (stays, leaves, declines, erased) = (await JoinAsync(), await JoinAsync(), await JoinAsync(), await JoinAsync());
        using var phone = await PhoneAsync();
        await Eventually.BecomesAsync(() => ListedAsync(phone, stays, leaves, declines, erased), all => all == (true, true, true, true), Patience);
        var interview = $"uuid:{Guid.NewGuid()}";
        await phone.SendAsync(interview, await FillAsync(phone, interview, erased));
        await Eventually.BecomesAsync(() => LearnersAsync(erased), learners => learners == 1, Patience);

        await SayAsync(leaves, "leave");
        await SayAsync(declines, "give-consent", new { purpose = "Evaluation" });
        await SayAsync(declines, "withdraw-consent", new { purpose = "Evaluation" });
        await SayAsync(erased, "erase");

        await Eventually.BecomesAsync(() => ListedAsync(phone, stays, leaves, declines, erased), all => all == (true, false, false, false), Patience);
        Assert.Equal("{}", await system.Books.OneAsync<string>("evaluation", $"select answers::text from submissions where instance_id = '{interview}' and deleted_at is not null and respondent is null"));
        await Eventually.BecomesAsync(() => LearnersAsync(erased), learners => learners == 0, Patience);

        await SayAsync(leaves, "move", new { facilityId = _school.Facility });
        await Eventually.BecomesAsync(() => ListedAsync(phone, stays, leaves, declines, erased), all => all == (true, true, false, false), Patience);
    }

    private async Task<string> JoinAsync()
    {
        var card = $"D{Guid.NewGuid():n}"[..20].ToUpperInvariant();
        (await _school.JoinAsync(card)).Read();
        return card;
    }

    private async Task SayAsync(string card, string verb, object? what = null) => (await system.Office.TryPostAsync($"/api/enrollment/workers/{card}/{verb}", what)).Read();

    private async Task<Phone> PhoneAsync()
    {
        var (evaluator, facility) = (await system.Staff.HireAsync(Roles.Evaluator), (await system.Office.FacilityAsync(_school.Facility)).Code);
        return new(await Collector.IssuedByAsync(evaluator, "Departures", Form, facility), 199, system.Meter);
    }

    private static async Task<string> FillAsync(Phone phone, string instance, string card) => $"""
        <?xml version="1.0" encoding="UTF-8"?><data id="{Form}" version="{await phone.VersionAsync(Form)}"><card>{card}</card><respondent/><g><consent>yes</consent></g><meta><instanceID>{instance}</instanceID></meta></data>
        """;

    private static async Task<(bool, bool, bool, bool)> ListedAsync(Phone phone, string stays, string leaves, string declines, string erased)
    {
        var list = await phone.FileAsync(Form, "workers.csv");
        return (list.Contains(stays), list.Contains(leaves), list.Contains(declines), list.Contains(erased));
    }

    private Task<long> LearnersAsync(string card) => system.Books.OneAsync<long>("training", $"select count(*) from learners where code = '{card}'");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
