using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.Postgres.Audit;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Inventory.Tests.Audit;

public class AuditEntryTests(AuditedInventoryApp inventory) : IClassFixture<AuditedInventoryApp>
{
    private const string Queue = "inventory.reserve-kit-when-facility-space-ready";
    private readonly string _subject = $"logistics-{Guid.NewGuid():n}";

    private HttpClient Warehouse => inventory.As(Roles.Logistics, subject: _subject);

    private static object Desktop(string? serial = null) => new { kind = "desktop", serial = serial ?? Some.Serial() };

    [Fact]
    public async Task A_change_leaves_who_did_what_to_which_and_nothing_of_the_request()
    {
        var serial = Some.Serial();
        var device = await Warehouse.PostAsync<DeviceView>("/api/inventory/devices", Desktop(serial));
        (await Warehouse.PutAsync($"/api/inventory/devices/{device.Barcode}", new { model = "OptiPlex 3050", why = "read again" }, "*")).EnsureSuccessStatusCode();

        var entries = await inventory.EntriesOfAsync(_subject);

        Assert.Equal(["POST /api/inventory/devices/", "PUT /api/inventory/devices/{barcode}"], entries.Select(e => e.Action));
        var id = await inventory.InDbAsync(db => db.Devices.Where(d => d.Barcode == device.Barcode).Select(d => d.Id).SingleAsync());
        Assert.Equal([$"device={id}, barcode={device.Barcode}", $"barcode={device.Barcode}"], entries.Select(e => e.Target));
        Assert.All(entries, e => Assert.Equal((Roles.Logistics, AuditOutcome.Done, 32), (Assert.Single(e.Roles), e.Outcome, e.TraceId?.Length)));
        Assert.DoesNotContain(entries, e => $"{e.Action}{e.Target}".Contains(serial) || e.Target.Contains("read again"));
    }

    [Fact]
    public async Task The_entry_is_written_by_the_transaction_that_makes_the_change()
    {
        var once = await (await Warehouse.PostOnceAsync("/api/inventory/devices", Desktop(), Guid.NewGuid().ToString())).ReadAsync<DeviceView>();
        var plain = await Warehouse.PostAsync<DeviceView>("/api/inventory/devices", Desktop());

        var entries = await TransactionsAsync($"select xmin::text as \"Value\" from audit_entries where subject = {_subject} order by id");
        var devices = await TransactionsAsync($"select xmin::text as \"Value\" from devices where barcode in ({once.Barcode}, {plain.Barcode}) order by barcode");
        Assert.Equal(devices, entries);

        Task<List<string>> TransactionsAsync(FormattableString sql) => inventory.InDbAsync(db => db.Database.SqlQuery<string>(sql).ToListAsync());
    }

    [Fact]
    public async Task What_changes_nothing_leaves_nothing()
    {
        var (serial, key) = (Some.Serial(), Guid.NewGuid().ToString());
        await Warehouse.PostOnceAsync("/api/inventory/devices", Desktop(serial), key);

        Assert.Equal("true", (await Warehouse.PostOnceAsync("/api/inventory/devices", Desktop(serial), key)).Headers.GetValues("Idempotent-Replayed").Single());
        await Warehouse.PostAsync("/api/inventory/devices", Desktop(serial)).RefusesAsync(HttpStatusCode.Conflict, "serial_already_known");
        await Warehouse.PostAsync("/api/inventory/devices", new { kind = "desktop" }).RefusesAsync(HttpStatusCode.BadRequest, "serial_required");
        await Warehouse.PostAsync("/api/inventory/messaging/queues/none/replay", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await Warehouse.GetAsync("/api/inventory/devices");

        Assert.Single(await inventory.EntriesOfAsync(_subject));
    }

    [Fact]
    public async Task A_replay_of_given_up_messages_is_recorded_though_it_changes_no_row()
    {
        var operators = inventory.As(Roles.Operator, subject: _subject);

        await operators.PostAsync<Messaging.ReplayAnswer>($"/api/inventory/messaging/queues/{Queue}/replay");

        var entry = Assert.Single(await inventory.EntriesOfAsync(_subject));
        Assert.Equal(("POST /api/inventory/messaging/queues/{queue}/replay", $"queue={Queue}"), (entry.Action, entry.Target));
    }

    [Fact]
    public async Task A_replay_is_recorded_before_it_begins_so_also_when_it_ends_without_an_answer()
    {
        await using var cut = new CutOffInventoryApp();
        await cut.InitializeAsync();
        cut.Line.Cut();

        await cut.As(Roles.Operator, subject: _subject).PostAsync($"/api/inventory/messaging/queues/{Queue}/replay", new { })
            .RefusesAsync(HttpStatusCode.ServiceUnavailable, "broker_unavailable");

        Assert.Equal($"queue={Queue}", Assert.Single(await cut.InDbAsync(db => db.Set<AuditEntry>().Where(e => e.Subject == _subject).ToListAsync())).Target);
    }

    /// <summary>One whose broker can go away.</summary>
    private sealed class CutOffInventoryApp : InventoryApp
    {
        private CuttableLine? _line;

        public CuttableLine Line => _line ??= CuttableLine.To(Broker.Address);

        protected override IEnumerable<(string Name, string Value)> Settings => [("ConnectionStrings:messaging", Line.Address.ToString())];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Line.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("update audit_entries set subject = 'somebody else'")]
    [InlineData("update audit_entries set seal = 7, action = 'GET /'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("update audit_seals set entries = 0")]
    [InlineData("delete from audit_seals")]
    public async Task The_database_refuses_to_change_what_was_recorded(string sql)
    {
        await Warehouse.PostAsync<DeviceView>("/api/inventory/devices", Desktop());
        await inventory.SealAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => inventory.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("append-only", refusal.MessageText);
    }

    [Fact]
    public async Task Operators_and_the_programme_office_read_it_by_account_and_time_and_nobody_else_does()
    {
        for (var i = 0; i < 3; i++) await Warehouse.PostAsync<DeviceView>("/api/inventory/devices", Desktop());
        var all = await inventory.EntriesOfAsync(_subject);
        var at = all[1].At.ToString("O").Replace("+", "%2B");
        var office = inventory.As(Roles.ProgrammeOffice);

        var first = await office.GetAsync<Page<AuditEntryView>>($"/api/inventory/audit?subject={_subject}&limit=2");
        var second = await office.GetAsync<Page<AuditEntryView>>($"/api/inventory/audit?subject={_subject}&limit=2&after={first.Next}");
        var since = await inventory.As(Roles.Operator).GetAsync<Page<AuditEntryView>>($"/api/inventory/audit?subject={_subject}&from={at}");
        var before = await office.GetAsync<Page<AuditEntryView>>($"/api/inventory/audit?subject={_subject}&to={at}");

        Assert.Equal(all.Select(e => e.Id).Reverse(), first.Items.Concat(second.Items).Select(e => e.Id));
        Assert.Null(second.Next);
        Assert.Equal([all[2].Id, all[1].Id], since.Items.Select(e => e.Id));
        Assert.Equal([all[0].Id], before.Items.Select(e => e.Id));
        await Warehouse.GetAsync("/api/inventory/audit").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await Warehouse.GetAsync("/api/inventory/audit/verify").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await office.GetAsync("/api/inventory/audit?limit=0").RefusesAsync(HttpStatusCode.BadRequest, "limit_not_valid");
        await office.GetAsync("/api/inventory/audit/verify?noted=xyz").RefusesAsync(HttpStatusCode.BadRequest, "noted_not_valid");
        await office.GetAsync("/api/inventory/audit/verify?after=7").RefusesAsync(HttpStatusCode.BadRequest, "after_not_valid");
        await office.GetAsync("/api/inventory/audit/verify?limit=0").RefusesAsync(HttpStatusCode.BadRequest, "limit_not_valid");
    }
}
