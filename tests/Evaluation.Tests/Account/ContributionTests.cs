using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Account;

public class ContributionTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Ledger = "/api/evaluation/ledger", Public = "/api/evaluation/public/contributions";
    private readonly HttpClient _office = evaluation.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task Everybody_reads_sums_by_kind_and_the_leverage_and_nobody_what_one_partner_gave()
    {
        foreach (var (code, name) in new[] { ("giver:ministry", "A ministry"), ("giver:software-house", "A software house"), ("giver:operator", "An operator"), ("purpose:programme", "Programme") })
            await _office.PostAsync<LedgerAccountView>($"{Ledger}/accounts", new { code, name });
        await GiveAsync("giver:ministry", 1000, "Cash", "AsPaid");
        await GiveAsync("giver:software-house", 30_123, "InKind", "ListPrice");
        await GiveAsync("giver:operator", 6_276.50m, "InKind", "Declared");
        var mistake = await GiveAsync("giver:operator", 77_777, "InKind", "Declared");
        await _office.PostAsync<LedgerEntryView>($"{Ledger}/entries/{mistake.Id}/reverse", new { why = "typed twice" });

        var text = await evaluation.Anonymous().GetStringAsync(Public);
        var view = await evaluation.Anonymous().GetAsync<ContributionsView>(Public);

        Assert.Equal(36.4m, view.Leverage);
        Assert.Equal([(Nature.Cash, 1000m, 1, 1), (Nature.InKind, 36_399.50m, 2, 2)], view.Kinds.Select(k => (k.Nature, k.Amount, k.Contributions, k.Givers)));
        Assert.Equal(new Dictionary<Valuation, int> { [Valuation.ListPrice] = 1, [Valuation.Declared] = 1 }, view.Kinds[1].ValuedBy);
        foreach (var secret in (string[])["software", "operator", "ministry", "30123", "6276"]) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("InKind,36399.50,QAR,2,2,", await ReadAsync(Public, "text/csv"));
        Assert.Contains("QAR 36,399.5", await ReadAsync(Public, "text/html"));
    }

    private Task<LedgerEntryView> GiveAsync(string giver, decimal amount, string nature, string valuation) => _office.PostAsync<LedgerEntryView>($"{Ledger}/contributions",
        new { giver, purpose = "purpose:programme", amount, on = "2026-01-15", nature, valuation, description = "a contribution", evidence = "letter 12" });

    private async Task<string> ReadAsync(string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", accept);
        return await (await evaluation.Anonymous().SendAsync(request)).Content.ReadAsStringAsync();
    }
}
