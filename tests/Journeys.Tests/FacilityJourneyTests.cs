using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

public class FacilityJourneyTests(WholeSystem system) : IAsyncLifetime
{
    private Person _employer = null!, _warehouse = null!;
    private Guid _site, _location;

    private Person Office => system.Office;

    /// <summary>An approved employer with a site, and a warehouse whose shelves are empty.</summary>
    public async ValueTask InitializeAsync()
    {
        _employer = await system.Staff.ApprovedEmployerAsync();
        _site = await _employer.AddSiteAsync("Camp", facilities: 3);
        _warehouse = await system.Staff.WarehouseAsync();
        _location = await _warehouse.OpenWarehouseAsync();
        await Office.NobodyWaitsAsync();
        await _warehouse.EmptyShelvesAsync();
    }

    [Fact]
    public async Task An_employers_facility_comes_from_its_application_to_its_opening()
    {
        var employer = await system.Staff.NewEmployerAsync();
        var company = await employer.RegisterCompanyAsync();
        var site = await employer.AddSiteAsync("New camp", facilities: 1);
        Assert.Equal("employer_not_approved", (await employer.TryPostAsync("/api/enrollment/facilities", new { siteId = site })).Code);
        await Office.ApproveAsync(company);

        var facility = (await employer.ApplyAsync(site)).Id;
        await Office.AssessNeedsAsync(facility);
        await employer.PrepareSpaceAsync(Office, facility);
        Assert.Equal("SpaceReady", (await Office.DeclareSpaceReadyAsync(facility)).State);
        await _warehouse.StockKitAsync(_location);
        await Office.BecomesAsync(facility, "KitReserved");

        var (shipment, devices) = await _warehouse.DispatchAsync(facility);
        Assert.Equal(11, devices.Count);
        await Office.BecomesAsync(facility, "KitInTransit");
        await _warehouse.ReceiveAsync(shipment, devices);
        await employer.BecomesAsync(facility, "KitDelivered");
        var opened = await Office.OpenAsync(facility);

        Assert.Equal("Open", opened.State);
        Assert.Equal(opened.OpeningNumber, await system.Books.OneAsync<int>("enrollment", "select last from opening_numbers"));
        Assert.Equal(["Received", "Triaged", "InStock", "Reserved", "InTransit", "Deployed"], (await _warehouse.HistoryAsync(devices[0])).Select(e => e.To));
    }

    [Fact]
    public async Task A_withdrawal_gives_the_kit_to_the_next_in_line()
    {
        await _warehouse.StockKitAsync(_location);
        var first = await SpaceReadyAsync();
        await Office.BecomesAsync(first, "KitReserved");
        var next = await SpaceReadyAsync();
        await Eventually.BecomesAsync(() => Office.FacilityAsync(next), f => f.WaitingReason == "stock_short");
        var devices = (await _warehouse.KitAsync(first)).Devices.Select(d => d.Barcode);

        await _employer.WithdrawAsync(first);

        await Office.BecomesAsync(next, "KitReserved");
        Assert.Equal(devices, (await _warehouse.KitAsync(next)).Devices.Select(d => d.Barcode));
        Assert.Equal(("Withdrawn", "Released"), ((await Office.FacilityAsync(first)).State, (await _warehouse.KitAsync(first)).Kit.Status));
    }

    [Fact]
    public async Task Missing_and_damaged_machines_are_replaced_before_the_kit_counts_as_delivered()
    {
        await _warehouse.StockKitAsync(_location);
        var facility = await SpaceReadyAsync();
        await Office.BecomesAsync(facility, "KitReserved");
        var (shipment, devices) = await _warehouse.DispatchAsync(facility);
        var computers = devices.Where(d => d.Kind == "Desktop").ToList();
        var (missing, damaged) = (computers[0], computers[1]);

        await _warehouse.ReceiveAsync(shipment, [damaged], damaged: true);
        await _warehouse.ReceiveAsync(shipment, devices.Except([missing, damaged]));
        var closed = await _warehouse.CloseShipmentAsync(shipment);
        Assert.Equal((9, 1, 1), (closed.Received, closed.Damaged, closed.Missing));
        Assert.Equal("KitInTransit", (await Office.BecomesAsync(facility, "KitInTransit")).State);

        var spare = await _warehouse.StockAsync(_location, "Desktop", "Desktop");
        await Eventually.BecomesAsync(() => _warehouse.KitAsync(facility), kit => kit.Devices.Count(d => d.State == "Reserved") == 2);
        var (second, replacements) = await _warehouse.DispatchAsync(facility);
        await _warehouse.ReceiveAsync(second, replacements);

        await Office.BecomesAsync(facility, "KitDelivered");
        Assert.Equal(devices.Except([missing, damaged]).Concat(spare).Select(d => d.Barcode).Order(), (await _warehouse.KitAsync(facility)).Devices.Select(d => d.Barcode).Order());
        Assert.Equal("Lost", (await _warehouse.HistoryAsync(missing))[^1].To);
        Assert.Equal("Faulty", (await _warehouse.HistoryAsync(damaged))[^1].To);
    }

    private async Task<Guid> SpaceReadyAsync()
    {
        var facility = (await _employer.ApplyAsync(_site)).Id;
        await Office.AssessNeedsAsync(facility);
        await _employer.PrepareSpaceAsync(Office, facility);
        await Office.DeclareSpaceReadyAsync(facility);
        return facility;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
