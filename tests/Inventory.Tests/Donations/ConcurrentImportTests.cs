using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using static BetterConnections.Inventory.Tests.Donations.DonationSteps;

namespace BetterConnections.Inventory.Tests.Donations;

public class ConcurrentImportTests(InventoryApp inventory)
{
    private readonly HttpClient _office = inventory.As(Roles.ProgrammeOffice);

    private static HttpContent List(IEnumerable<string> serials) => Csv("Serial,Kind\n" + string.Join('\n', serials.Select(s => $"{s},desktop")));

    private Task<int> DevicesAsync(Guid donation) => inventory.InDbAsync(db => db.Devices.CountAsync(d => d.DonationId == donation));

    [Fact]
    public async Task Two_donations_with_the_same_serials_in_opposite_order_share_them_out_and_neither_is_half_done()
    {
        var serials = Enumerable.Range(0, 2500).Select(_ => Some.Serial()).ToList();
        var (first, second) = (await inventory.AcceptedDonationAsync(), await inventory.AcceptedDonationAsync());

        var reports = await Task.WhenAll(_office.ImportAsync(first.Id, List(serials)), _office.ImportAsync(second.Id, List(Enumerable.Reverse(serials))));

        Assert.Equal(2500, reports.Sum(r => r.Accepted));
        Assert.All(reports, r => Assert.Equal(2500, r.Accepted + r.AlreadyKnown));
        Assert.Equal(reports.Select(r => r.Accepted), [await DevicesAsync(first.Id), await DevicesAsync(second.Id)]);
    }

    [Fact]
    public async Task The_same_file_twice_at_once_is_imported_once()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var serials = Enumerable.Range(0, 1500).Select(_ => Some.Serial()).ToList();

        var reports = await Task.WhenAll(_office.ImportAsync(donation.Id, List(serials)), _office.ImportAsync(donation.Id, List(serials)));

        Assert.Equal([0, 1500], reports.Select(r => r.Accepted).Order());
        Assert.Single(reports, r => r.AlreadyImported);
        Assert.Equal(1500, await DevicesAsync(donation.Id));
    }

    [Fact]
    public async Task A_serial_that_somebody_registers_during_the_import_is_known_and_the_rest_is_accepted()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var (contested, free) = (Some.Serial(), Some.Serial());

        var report = await await inventory.InDbAsync(async db =>
        {
            await using var other = await db.Database.BeginTransactionAsync();
            var number = (await db.NextDeviceNumbersAsync(1, CancellationToken.None)).Single();
            db.Add(Device.Receive(Barcode.Of(number, "BC"), DeviceKind.Desktop, contested, StorageKind.Hdd, null, new Act("test", inventory.Clock.GetUtcNow())));
            await db.SaveChangesAsync();
            var importing = _office.ImportAsync(donation.Id, List([free, contested]));
            await Eventually.BecomesAsync(() => WaitingForUsAsync(db), waits => waits);
            await other.CommitAsync();
            return importing;
        });

        Assert.Equal((1, 1), (report.Accepted, report.AlreadyKnown));
        Assert.Equal(1, await DevicesAsync(donation.Id));
        await inventory.Broker.HeardAsync<DonationReceived>(e => e.DonationId == donation.Id && e.Devices == 1);
    }

    private static Task<bool> WaitingForUsAsync(InventoryDb db) => db.Database.SqlQuery<bool>(
        $"select exists (select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) as \"Value\"").SingleAsync();
}
