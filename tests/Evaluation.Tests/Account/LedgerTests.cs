using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Evaluation.Tests.Account;

public class LedgerTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>, IAsyncLifetime
{
    private const string Ledger = "/api/evaluation/ledger";
    private readonly HttpClient _office = evaluation.As(Roles.ProgrammeOffice);

    public async ValueTask InitializeAsync()
    {
        foreach (var (code, name) in new[] { ("giver:adlsa", "Labour ministry"), ("giver:microsoft", "Microsoft"), ("purpose:programme", "Programme") })
            await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"insert into ledger_accounts values ({code}, {name}, {(code[0] == 'g' ? "Giver" : "Purpose")}) on conflict do nothing"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static object Cash(decimal amount) => new
    { giver = "giver:adlsa", purpose = "purpose:programme", amount, on = "2026-01-15", nature = "Cash", valuation = "AsPaid", description = "second instalment", evidence = "transfer 7781" };

    private Task<LedgerEntryView> GiveAsync(decimal amount) => _office.PostAsync<LedgerEntryView>($"{Ledger}/contributions", Cash(amount));

    private Task<LeverageView> LeverageAsync() => _office.GetAsync<LeverageView>($"{Ledger}/leverage");

    [Fact]
    public async Task A_contribution_stands_twice_in_the_books_and_they_balance()
    {
        var before = await LeverageAsync();
        var entry = await GiveAsync(1_000_000.50m);

        Assert.Equal([("purpose:programme", 1_000_000.50m), ("giver:adlsa", -1_000_000.50m)], entry.Lines.Select(l => (l.Account, l.Amount)));
        Assert.Equal(before.Cash + 1_000_000.50m, (await LeverageAsync()).Cash);
        Assert.Equal(0, (await _office.GetAsync<TrialBalance>($"{Ledger}/accounts")).Difference);
        Assert.Contains((await _office.GetAsync<Postgres.Page<LedgerEntryView>>($"{Ledger}/accounts/giver:adlsa/statement?limit=200")).Items, e => e.Id == entry.Id);
    }

    [Fact]
    public async Task A_mistake_is_taken_back_by_an_entry_of_its_own_and_once()
    {
        var before = await LeverageAsync();
        var entry = await GiveAsync(70);
        var reversal = await _office.PostAsync<LedgerEntryView>($"{Ledger}/entries/{entry.Id}/reverse", new { why = "typed twice" });

        Assert.Equal((entry.Id, -70m), (reversal.Reverses!.Value, reversal.Lines[0].Amount));
        Assert.Equal(before.Cash, (await LeverageAsync()).Cash);
        await _office.PostAsync($"{Ledger}/entries/{entry.Id}/reverse", new { why = "again" }).RefusesAsync(HttpStatusCode.Conflict, "entry_already_reversed");
        await _office.PostAsync($"{Ledger}/entries/{reversal.Id}/reverse", new { why = "and back" }).RefusesAsync(HttpStatusCode.Conflict, "reversal_not_reversed");
    }

    [Fact]
    public async Task The_database_refuses_to_change_the_books()
    {
        var entry = await GiveAsync(5);
        foreach (var change in new[]
        {
            $"update ledger_entries set description = 'x' where id = '{entry.Id}'", $"delete from ledger_entries where id = '{entry.Id}'",
            $"update ledger_lines set amount = 6 where entry_id = '{entry.Id}' and line = 1", $"delete from ledger_lines where entry_id = '{entry.Id}'",
            "truncate ledger_lines", $"insert into ledger_lines values ('{entry.Id}', 3, 'giver:adlsa', 1)",
        })
            await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(change)));

        var unbalanced = await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync("""
            with entry as (insert into ledger_entries (id, "on", nature, description, valuation, evidence, recorded_by, recorded_at)
                values (gen_random_uuid(), now(), 'Cash', 'x', 'AsPaid', 'x', 'x', now()) returning id)
            insert into ledger_lines select id, 1, 'giver:adlsa', 5 from entry
            """)));
        Assert.Equal("entry_not_balanced", unbalanced.ConstraintName);
    }

    [Theory]
    [InlineData("0001-01-01", "time_before_programme"), InlineData("1999-12-31", "time_before_programme"), InlineData("9999-12-31", "time_in_future")]
    public async Task A_date_that_cannot_be_meant_is_refused(string on, string code)
    {
        var gift = new { giver = "giver:adlsa", purpose = "purpose:programme", amount = 5, on, nature = "Cash", valuation = "AsPaid", description = "second instalment", evidence = "transfer 7781" };
        await _office.PostAsync($"{Ledger}/contributions", gift).RefusesAsync(HttpStatusCode.BadRequest, code);
        if (code == "time_before_programme")
            await _office.PostAsync($"{Ledger}/rates", new { figure = "volunteer-hours", amount = 40, validFrom = on, source = "labour survey" }).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Hours_are_valued_at_the_rate_of_their_day_and_wait_for_one_where_there_is_none()
    {
        var day = new DateTimeOffset(2021, 5, 4, 8, 0, 0, TimeSpan.Zero);
        var visit = new HoursApproved(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "trainer", 90, day);
        await evaluation.DeliverAsync(visit, times: 2);
        Assert.Equal(1, (await LeverageAsync()).Unvalued);

        var rate = await _office.PostAsync<RateSet>($"{Ledger}/rates", new { figure = "volunteer-hours", amount = 40, validFrom = "2021-01-01", source = "labour survey 2020" });
        Assert.Equal(1, rate.Valued);
        await evaluation.DeliverAsync(visit with { VisitId = Guid.NewGuid(), Minutes = 30 });

        var statement = (await _office.GetAsync<Postgres.Page<LedgerEntryView>>($"{Ledger}/accounts/giver:volunteers/statement")).Items;
        Assert.Equal([60m, 20m], statement.Select(e => e.Lines[0].Amount));
        Assert.Equal(("labour survey 2020", Valuation.Rate), (statement[0].Evidence, statement[0].Valuation));
        Assert.Equal((0, 80m), ((await LeverageAsync()).Unvalued, (await LeverageAsync()).InKind));
        await _office.PostAsync($"{Ledger}/rates", new { figure = "volunteer-hours", amount = 50, validFrom = "2021-01-01", source = "another" }).RefusesAsync(HttpStatusCode.Conflict, "rate_already_set");
    }

    [Theory]
    [InlineData("giver:nobody", "Cash", "AsPaid", "1", "account_unknown")]
    [InlineData("giver:adlsa", "Cash", "Declared", "1", "valuation_does_not_fit")]
    [InlineData("giver:adlsa", "InKind", "AsPaid", "1", "valuation_does_not_fit")]
    [InlineData("giver:adlsa", "Cash", "AsPaid", "0.001", "validation_failed")]
    [InlineData("giver:adlsa", "Cash", "AsPaid", "1.001", "amount_too_fine")]
    public async Task What_does_not_belong_in_the_books_is_refused(string giver, string nature, string valuation, string amount, string code) =>
        await _office.PostAsync($"{Ledger}/contributions", new
        { giver, purpose = "purpose:programme", amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), on = "2026-01-15", nature, valuation, description = "something", evidence = "letter 5" })
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task What_others_published_stands_beside_the_sums_and_not_in_them()
    {
        var published = Assert.Single((await LeverageAsync()).Published);
        Assert.Equal((5_000_000m, 182_000_000m, 36.4m), (published.Cash, published.InKind, published.Leverage));
        await evaluation.As(Roles.Evaluator).PostAsync($"{Ledger}/contributions", Cash(1)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
