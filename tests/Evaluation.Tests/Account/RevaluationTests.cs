using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Account;

/// <summary>What was valued and turned out otherwise.</summary>
public class RevaluationTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Ledger = "/api/evaluation/ledger";
    private readonly HttpClient _office = evaluation.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_fact_is_valued_anew_when_it_is_corrected_and_when_its_entry_was_taken_back_and_a_better_rate_is_set()
    {
        var day = new DateTimeOffset(2021, 5, 4, 8, 0, 0, TimeSpan.Zero);
        var visit = new HoursApproved(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "trainer", 90, day);
        await RateAsync(40, "2021-01-01");
        await evaluation.DeliverAsync(visit);
        Assert.Equal([60m], await AmountsAsync());

        await evaluation.DeliverAsync(visit with { Minutes = 120, At = day.AddDays(1) }, times: 2);
        await evaluation.DeliverAsync(visit with { Minutes = 30, At = day.AddHours(1) }); // older news
        Assert.Equal([60m, -60m, 80m], await AmountsAsync());
        await evaluation.DeliverAsync(visit with { Minutes = 90, At = day.AddDays(2) }); // and back again
        Assert.Equal([60m, -60m, 80m, -80m, 60m], await AmountsAsync());

        evaluation.Clock.Advance(TimeSpan.FromMinutes(1));
        await _office.PostAsync<LedgerEntryView>($"{Ledger}/entries/{(await EntriesAsync())[^1].Id}/reverse", new { why = "the rate was last year's" });
        await evaluation.DeliverAsync(visit with { VisitId = Guid.NewGuid(), Minutes = 60 }); // the office's word stands
        Assert.Equal([60m, -60m, 80m, -80m, 60m, -60m, 40m], await AmountsAsync());
        Assert.Equal(1, (await _office.GetAsync<LeverageView>($"{Ledger}/leverage")).Unvalued);

        evaluation.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await RateAsync(50, "2021-05-01")).Valued); // what has an entry keeps its value
        Assert.Equal([60m, -60m, 80m, -80m, 60m, -60m, 40m, 75m], await AmountsAsync());

        await evaluation.DeliverAsync(visit with { Minutes = 0, At = day.AddDays(3) });
        Assert.Equal(40m, (await AmountsAsync()).Sum());
        Assert.Equal(0, (await _office.GetAsync<TrialBalance>($"{Ledger}/accounts")).Difference);
    }

    private Task<RateSet> RateAsync(decimal amount, string validFrom) =>
        _office.PostAsync<RateSet>($"{Ledger}/rates", new { figure = "volunteer-hours", amount, validFrom, source = "labour survey" });

    private async Task<IReadOnlyList<LedgerEntryView>> EntriesAsync() => (await _office.GetAsync<Postgres.Page<LedgerEntryView>>($"{Ledger}/accounts/giver:volunteers/statement")).Items;

    private async Task<IEnumerable<decimal>> AmountsAsync() => (await EntriesAsync()).Select(e => e.Lines[0].Amount);
}
