using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres.Audit;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Audit;

/// <summary>Each test a trail of its own: three seals over two entries each.</summary>
public sealed class AuditSealTests : IAsyncLifetime
{
    private readonly AuditedInventoryApp _inventory = new();

    public async ValueTask InitializeAsync()
    {
        await _inventory.InitializeAsync();
        for (var seal = 0; seal < 3; seal++)
        {
            for (var i = 0; i < 2; i++) await RegisterAsync();
            Assert.Equal(2, await _inventory.SealAsync());
        }
    }

    public ValueTask DisposeAsync() => _inventory.DisposeAsync();

    private Task<DeviceView> RegisterAsync() =>
        _inventory.As(Roles.Logistics).PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() });

    private Task<AuditVerification> VerifyAsync(string? noted = null) =>
        _inventory.As(Roles.Operator).GetAsync<AuditVerification>($"/api/inventory/audit/verify{(noted is null ? "" : $"?noted={noted}")}");

    private Task<AuditVerification> StepAsync(string query) => _inventory.As(Roles.Operator).GetAsync<AuditVerification>($"/api/inventory/audit/verify?{query}");

    [Fact]
    public async Task An_untouched_trail_holds_and_goes_on_from_its_head()
    {
        await RegisterAsync();

        var before = await VerifyAsync();
        await _inventory.SealAsync();
        var after = await VerifyAsync(noted: before.Head);

        Assert.Equal(before with { Intact = true, Break = null, Seals = 3, Entries = 6, Unsealed = 1 }, before);
        Assert.Equal(after with { Intact = true, Seals = 4, Entries = 7, Unsealed = 0 }, after);
        Assert.NotEqual(before.Head, after.Head);
        Assert.Equal(0, await _inventory.SealAsync());
    }

    [Theory]
    [InlineData("update audit_entries set subject = 'somebody else' where id = 4", "Seal 2 of * does not fit its 2 entries: one of them, or the seal, was changed.")]
    [InlineData("update audit_entries set at = at + interval '1 microsecond' where id = 4", "Seal 2 of * does not fit*")]
    [InlineData("update audit_entries set outcome = 'Forgiven' where id = 1", "Seal 1 of * does not fit*")]
    [InlineData("delete from audit_entries where id = 3", "Seal 2 of * closed 2 entries, and 1 are there.")]
    [InlineData("update audit_entries set seal = 3 where id = 4", "Seal 2 of * closed 2 entries, and 1 are there.")]
    [InlineData("insert into audit_entries (at, roles, action, target, outcome, seal) values (now(), '{}', 'POST /', '', 'Done', 1)", "Seal 1 of * closed 2 entries, and 3 are there.")]
    [InlineData("delete from audit_seals where number = 1", "Seal 1 is missing.")]
    [InlineData("update audit_seals set at = now() where number = 3", "Seal 3 of * does not fit*")]
    [InlineData("delete from audit_seals where number = 3", "2 entries stand under seals that are not there.")]
    public async Task Tampering_by_the_owner_of_the_tables_is_found(string sql, string finding)
    {
        await _inventory.TamperAsync(sql.Replace("{", "{{").Replace("}", "}}"));

        var found = await VerifyAsync();

        Assert.False(found.Intact);
        AssertSays(finding, found.Break);
    }

    private static void AssertSays(string finding, string? text) =>
        Assert.Matches("^" + string.Join(".*", finding.Split('*').Select(System.Text.RegularExpressions.Regex.Escape)) + "$", text);

    [Theory]
    [InlineData("delete from audit_entries where seal = 3; delete from audit_seals where number = 3")] // the end cut off
    [InlineData("delete from audit_seals; delete from audit_entries where id = 4; update audit_entries set seal = null")] // and all sealed anew
    public async Task Who_noted_a_head_finds_even_what_was_written_anew(string sql)
    {
        var noted = (await VerifyAsync()).Head!;
        await _inventory.TamperAsync(sql);
        await _inventory.SealAsync();

        Assert.True((await VerifyAsync()).Intact);
        var found = await VerifyAsync(noted);
        Assert.False(found.Intact);
        Assert.StartsWith("The noted seal is not in the chain", found.Break);
    }

    [Fact]
    public async Task A_long_trail_is_verified_in_steps_whatever_is_sealed_meanwhile()
    {
        var noted = (await VerifyAsync()).Head;
        var first = await StepAsync($"limit=2&noted={noted}");
        await RegisterAsync();
        await _inventory.SealAsync();
        var second = await StepAsync($"limit=2&noted={noted}&after={first.Next}");
        var third = await StepAsync($"limit=2&noted={noted}&after={second.Next}");

        Assert.Equal([(true, 2, 4), (true, 2, 3), (true, 0, 0)], new[] { first, second, third }.Select(s => (s.Intact, s.Seals, s.Entries)));
        Assert.Null(third.Next);
        Assert.Equal((await VerifyAsync()).Head, third.Head);
    }

    [Theory]
    [InlineData("update audit_entries set subject = 'somebody else' where id = 6", "Seal 3 of * does not fit its 2 entries: one of them, or the seal, was changed.")]
    [InlineData("delete from audit_seals where number = 3", "2 entries stand under seals that are not there.")]
    [InlineData("update audit_seals set hash = sha256('all anew') where number = 2", "Seal 2 was changed since the step before this one.")]
    [InlineData("delete from audit_seals where number = 2", "Seal 2 was changed since the step before this one.")]
    public async Task Tampering_is_found_by_the_step_that_comes_to_it(string sql, string finding)
    {
        var first = await StepAsync("limit=2");
        await _inventory.TamperAsync(sql);

        var second = await StepAsync($"limit=2&after={first.Next}");

        Assert.Equal((true, false, null), (first.Intact, second.Intact, second.Next));
        AssertSays(finding, second.Break);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_noted_head_is_found_in_any_step_and_missed_by_the_last(int seal)
    {
        var noted = Convert.ToHexStringLower(await _inventory.InDbAsync(db => db.Set<AuditSeal>().Where(s => s.Number == seal).Select(s => s.Hash).SingleAsync()));

        Assert.Equal([true, true, true, true], (await StepsAsync(noted)).Select(s => s.Intact));
        var strange = await StepsAsync(new string('0', 64));
        Assert.Equal([true, true, true, false], strange.Select(s => s.Intact));
        Assert.StartsWith("The noted seal is not in the chain", strange[^1].Break);

        async Task<List<AuditVerification>> StepsAsync(string sought)
        {
            var steps = new List<AuditVerification> { await StepAsync($"limit=1&noted={sought}") };
            while (steps[^1].Next is { } next) steps.Add(await StepAsync($"limit=1&noted={sought}&after={next}"));
            return steps;
        }
    }

    [Fact]
    public async Task A_step_ends_when_it_has_worked_long_enough()
    {
        for (var seal = 3; seal < 21; seal++)
        {
            await _inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"insert into audit_entries (at, roles, action, target, outcome) values (now(), array[]::text[], 'POST /', '', 'Done')"));
            await _inventory.SealAsync();
        }
        _inventory.Clock.Slowness = TimeSpan.FromSeconds(4);

        var first = await VerifyAsync();
        var second = await StepAsync($"after={first.Next}");

        Assert.Equal([(true, 20), (true, 1)], new[] { first, second }.Select(s => (s.Intact, s.Seals)));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task An_entry_that_commits_after_later_ones_were_sealed_comes_under_the_next_seal()
    {
        await _inventory.InDbAsync(async db =>
        {
            await using var slow = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"insert into audit_entries (at, roles, action, target, outcome) values (now(), array[]::text[], 'POST /slow', '', 'Done')");
            await RegisterAsync();
            Assert.Equal(1, await _inventory.SealAsync());
            await slow.CommitAsync();
        });
        Assert.Equal(1, await _inventory.SealAsync());

        var seals = await _inventory.InDbAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Id).Select(e => e.Seal).ToListAsync());
        Assert.Equal([1, 1, 2, 2, 3, 3, 5, 4], seals);
        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public async Task Sealers_side_by_side_make_one_chain()
    {
        for (var i = 0; i < 10; i++) await RegisterAsync();

        var sealedEntries = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _inventory.SealAsync()));

        Assert.Equal(10, sealedEntries.Sum() + await _inventory.SealAsync());
        Assert.Equal((true, 16), ((await VerifyAsync()).Intact, (await VerifyAsync()).Entries));
    }
}
