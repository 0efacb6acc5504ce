using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>Compares the databases with what was acknowledged, with themselves and with each other.</summary>
public sealed class Audit(WholeSystem system)
{
    private const string Inventory = "inventory", Enrollment = "enrollment";
    private static readonly string[] Publishing = [Inventory, Enrollment, "volunteer", "training", "evaluation"];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90); // a consumer's retries alone may take half a minute
    private readonly Books _books = system.Books;

    /// <summary>After all that was done to the system: it comes to rest, and every book holds what was acknowledged and agrees with the others.</summary>
    public async Task EverythingHoldsAsync(Ledger ledger)
    {
        await EverythingIsDeliveredAsync();
        await HoldsExactlyAsync(ledger);
        await KitsAreWholeAsync();
        await OpeningNumbersHaveNoGapAsync();
        await ServicesAgreeAsync();
        await StockIsWhatHistorySaysAsync();
        var teaching = new TeachingAudit(_books);
        await teaching.HoldsExactlyAsync(ledger);
        await teaching.ServicesAgreeAsync();
        await new SurveyAudit(_books).HoldsExactlyAsync(ledger);
        await FiguresAreWhatFactsSayAsync();
    }

    /// <summary>Nobody tampered with the service's audit trail, as <paramref name="reader"/> finds step by step.</summary>
    public static async Task TrailIsIntactAsync(Person reader, string service)
    {
        string? after = null;
        do
        {
            var step = await reader.GetAsync<Verification>($"/api/{service}/audit/verify{(after is null ? "" : $"?after={after}")}");
            Assert.Equal((true, null), (step.Intact, step.Break));
            after = step.Next;
        }
        while (after is not null);
    }

    /// <summary>Every event has been sent and taken in, and none was given up.</summary>
    public async Task EverythingIsDeliveredAsync()
    {
        await Eventually.BecomesAsync(UndeliveredAsync, undelivered => undelivered == "", Soon);
        Assert.Empty(await _books.QueuedAsync("_error"));
        Assert.Empty(await _books.QueuedAsync("_skipped"));
    }

    public Task HoldsExactlyAsync(Ledger ledger) => HoldsAsync(ledger, ledger);

    /// <summary>The databases stopped somewhere between these two moments.</summary>
    public async Task HoldsAsync(Ledger atLeast, Ledger atMost)
    {
        var mark = atMost.Mark;
        await HoldsAsync(l => l.Registered.Select(r => $"{r.Key} {r.Value}"), Inventory, $"select serial || ' ' || barcode from devices where serial like '{mark}%'");
        // Each step stands in the history once, so no scan was done twice.
        await HoldsAsync(l => l.StoredBarcodes, Inventory, $"""
            select d.barcode from devices d join device_events e on e.device_id = d.id
            where d.serial like '{mark}%' and e.from_state = 'Triaged' and e.to_state = 'InStock'
            """);
        await HoldsAsync(l => l.Applied, Enrollment, $"select f.id from facilities f join sites s on s.id = f.site_id where s.name like '{mark}%'");
        await HoldsAsync(l => l.SpaceReady, Enrollment, $"""
            select f.id from facilities f join sites s on s.id = f.site_id join facility_events e on e.facility_id = f.id
            where s.name like '{mark}%' and e.from_state = 'SpaceInPreparation' and e.to_state = 'SpaceReady'
            """);
        await HoldsAsync(l => l.OpeningNumbers.Select(o => $"{o.Key} {o.Value}"), Enrollment, $"""
            select f.id || ' ' || f.opening_number from facilities f join sites s on s.id = f.site_id
            where s.name like '{mark}%' and f.opening_number is not null
            """);
        Assert.Empty(atLeast.Companies.Except(await _books.ColumnAsync<Guid>(Enrollment, "select id from employers")));

        Task HoldsAsync<T>(Func<Ledger, IEnumerable<T>> of, string service, string sql) where T : notnull => _books.HoldAsync(of(atLeast), of(atMost), service, sql);
    }

    public async Task KitsAreWholeAsync()
    {
        // A device that fails on site stays in its kit until it is mended there or replaced.
        Assert.Empty(await _books.ColumnAsync<string>(Inventory, """
            select k.code || ' ' || k.status || ': ' || count(d.id) filter (where d.kind <> 'Modem') || ' + ' || count(d.id) filter (where d.kind = 'Modem')
            from kits k left join devices d on d.kit_id = k.facility_id
            where k.status in ('Reserved', 'InTransit', 'Delivered') and k.missing_computers + k.missing_modems = 0
            group by k.facility_id having count(d.id) filter (where d.kind <> 'Modem') <> 10 or count(d.id) filter (where d.kind = 'Modem') <> 1
            """));
        // A device was set aside as often as it was put into stock, at most: never for two kits.
        Assert.Empty(await _books.ColumnAsync<string>(Inventory, """
            select d.barcode from devices d join device_events e on e.device_id = d.id
            group by d.id having count(*) filter (where e.to_state = 'Reserved' and e.from_state = 'InStock') > count(*) filter (where e.to_state = 'InStock' and e.from_state <> 'InStock')
            """));
        // What is set aside or under way is so for a kit. What stands in a facility may have been replaced: it goes on working until somebody picks it up.
        Assert.Empty(await _books.ColumnAsync<string>(Inventory, """
            select d.barcode || ' ' || d.state || ' ' || coalesce(d.kit_id::text, 'for no kit') from devices d left join locations l on l.id = d.location_id
            where case d.state
                when 'Reserved' then d.kit_id is null
                when 'InTransit' then d.kit_id is null
                when 'Deployed' then d.kit_id is null and l.kind is distinct from 'Facility'
                when 'Faulty' then false
                when 'InRepair' then false
                else d.kit_id is not null end
            """));
    }

    public async Task OpeningNumbersHaveNoGapAsync()
    {
        var numbers = await _books.ColumnAsync<int>(Enrollment, "select opening_number from facilities where opening_number is not null order by 1");
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.Equal(numbers.Count, await _books.OneAsync<int>(Enrollment, "select last from opening_numbers"));
    }

    /// <summary>Enrollment and Inventory tell the same of every kit (a suspended facility keeps its own), and nobody waits for what is there.</summary>
    public async Task ServicesAgreeAsync()
    {
        Assert.Equal(
            Sorted(await _books.ColumnAsync<string>(Enrollment, """
                select id || ' ' || case state when 'SpaceReady' then 'Waiting' when 'KitReserved' then 'Reserved' when 'KitInTransit' then 'InTransit' else 'Delivered' end
                from facilities where state in ('SpaceReady', 'KitReserved', 'KitInTransit', 'KitDelivered', 'Open', 'Suspended')
                """)),
            Sorted(await _books.ColumnAsync<string>(Inventory, "select facility_id || ' ' || status from kits where status in ('Waiting', 'Reserved', 'InTransit', 'Delivered')")));

        var computers = await _books.OneAsync<long>(Inventory, "select count(*) from devices where state = 'InStock' and kind in ('Desktop', 'Laptop')");
        var modems = await _books.OneAsync<long>(Inventory, "select count(*) from devices where state = 'InStock' and kind = 'Modem'");
        var line = await _books.ColumnAsync<string>(Inventory, "select coalesce(reason, 'not told') from kits where status = 'Waiting' order by priority desc, ready_at, code");
        Assert.True(line.Count == 0 || computers < 10 || modems < 1, $"{line.Count} wait though there are {computers} computers and {modems} modems.");
        Assert.Equal(line.Select((_, i) => i == 0 ? "stock_short" : "behind_in_line"), line);
    }

    public async Task StockIsWhatHistorySaysAsync()
    {
        var differences = await system.Office.TryPostAsync("/api/inventory/stock/rebuild");
        Assert.Equal("[]", differences.Body);
        Assert.Equal(0, (await system.Office.GetAsync<MassBalance>("/api/inventory/stock/mass-balance")).Difference);
    }

    public async Task FiguresAreWhatFactsSayAsync() => Assert.Empty(await system.Office.GetAsync<JsonElement[]>("/api/evaluation/account/figures/check"));

    /// <summary>
    /// Outboxes and queues are looked at one after the other, so a message could pass from one that was not looked at yet to one that was.
    /// Whatever passes is taken in somewhere on its way: it is quiet only if nothing was taken in meanwhile.
    /// </summary>
    private async Task<string> UndeliveredAsync()
    {
        var takenIn = await SumAsync("inbox_messages");
        var unsent = await SumAsync("outbox_messages");
        var queued = (await _books.QueuedAsync("")).Where(q => !q.Key.Contains('_')).Select(q => $"{q.Key} {q.Value}"); // those given up have a suffix
        var meanwhile = await SumAsync("inbox_messages") - takenIn;
        return string.Join(", ", (string[])[.. unsent > 0 ? [$"unsent {unsent}"] : Array.Empty<string>(), .. queued, .. meanwhile != 0 ? [$"taken in meanwhile {meanwhile}"] : Array.Empty<string>()]);
    }

    private async Task<long> SumAsync(string table)
    {
        var sum = 0L;
        foreach (var service in Publishing) sum += await _books.OneAsync<long>(service, $"select count(*) from {table}");
        return sum;
    }

    private static List<T> Sorted<T>(IEnumerable<T> items) => [.. items.Order()];

    private sealed record Verification(bool Intact, string? Break, string? Next);

    private sealed record MassBalance(long Difference);
}
