using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Donations;

/// <summary>The two donors' files as they came, on an empty register since their serials are what they are.</summary>
public class DonorFileTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>
{
    private sealed record Expected(int Rows, int Accepted, Dictionary<string, int> Rejected);

    [Theory]
    [InlineData("donor-manifest-ministry.csv")]
    [InlineData("donor-manifest-bank.csv")]
    public async Task A_donors_file_becomes_exactly_the_expected_devices_and_sent_again_changes_nothing(string name)
    {
        var expected = JsonSerializer.Deserialize<Dictionary<string, Expected>>(ManifestFixture.Open("donor-manifests.expected.json"), JsonSerializerOptions.Web)![name];
        var donation = await inventory.AcceptedDonationAsync();
        var donor = inventory.As(Roles.Donor, donation.DonorId);
        HttpContent File() => new StreamContent(ManifestFixture.Open(name)) { Headers = { ContentType = new("text/csv") } };

        var dry = await donor.ImportAsync(donation.Id, File(), "dryRun=true");
        Assert.Equal((expected.Rows, expected.Accepted), (dry.Rows, dry.Accepted));
        Assert.Equal(expected.Rejected, new Dictionary<string, int>(dry.Rejected));
        Assert.Equal(0, await CountAsync(donation.Id));
        Assert.Equal(DonationState.Accepted, (await donor.GetAsync<DonationView>($"/api/inventory/donations/{donation.Id}")).State);
        Assert.Empty((await donor.GetAsync<Page<ImportView>>($"/api/inventory/donations/{donation.Id}/imports")).Items);

        var report = await donor.ImportAsync(donation.Id, File(), $"fileName=C:\\lists\\{name}");
        Assert.Equal(dry with { ImportId = report.ImportId, DryRun = false, Rejected = report.Rejected, Columns = report.Columns, Errors = report.Errors }, report);
        Assert.Equal(expected.Rejected, new Dictionary<string, int>(report.Rejected));
        Assert.Equal(expected.Rows - expected.Accepted, report.Errors.Select(e => e.Row).Distinct().Count());
        Assert.Equal(expected.Accepted, await CountAsync(donation.Id));

        foreach (var options in new[] { "", "dryRun=true" })
        {
            var again = await donor.ImportAsync(donation.Id, File(), options);
            Assert.Equal((true, 0, expected.Accepted), (again.AlreadyImported, again.Accepted, again.AlreadyKnown));
            Assert.Equal((report.ImportId, name, expected.Accepted), (again.Earlier!.Id, again.Earlier.FileName, again.Earlier.Accepted));
            Assert.Equal(report.Errors, again.Errors);
        }
        Assert.Equal(expected.Accepted, await CountAsync(donation.Id));
        Assert.Single((await donor.GetAsync<Page<ImportView>>($"/api/inventory/donations/{donation.Id}/imports")).Items);
        Assert.Equal([DonationState.Offered, DonationState.Accepted, DonationState.Received],
            (await donor.GetAsync<List<DonationEventView>>($"/api/inventory/donations/{donation.Id}/history")).Select(h => h.State));

        await inventory.Broker.HeardAsync<DonationReceived>(e => e.DonationId == donation.Id);
        await inventory.OutboxEmptiesAsync();
        var heard = Assert.Single(inventory.Broker.Heard<DonationReceived>(e => e.DonationId == donation.Id)).Event;
        Assert.Equal((donation.DonorId, expected.Accepted), (heard.DonorId, heard.Devices));
    }

    [Fact]
    public async Task The_same_file_for_another_donation_finds_every_serial_known()
    {
        var (first, second) = (await inventory.AcceptedDonationAsync(), await inventory.AcceptedDonationAsync());
        var csv = $"Serial,Kind\n{Some.Serial()},desktop\n{Some.Serial()},laptop\n";
        var office = inventory.As(Roles.ProgrammeOffice);
        await office.ImportAsync(first.Id, DonationSteps.Csv(csv));

        var report = await office.ImportAsync(second.Id, DonationSteps.Csv(csv));

        Assert.Equal((false, 2, 0, 2), (report.AlreadyImported, report.Rows, report.Accepted, report.AlreadyKnown));
        Assert.Empty(report.Rejected);
        Assert.Equal([(2, "Serial", "serial_already_known"), (3, "Serial", "serial_already_known")], report.Errors.Select(e => (e.Row, e.Column, e.Code)));
        Assert.Equal(DonationState.Accepted, (await office.GetAsync<DonationView>($"/api/inventory/donations/{second.Id}")).State);
    }

    private Task<int> CountAsync(Guid donation) => inventory.InDbAsync(db => db.Devices.CountAsync(d =>
        d.DonationId == donation && d.State == DeviceState.Received && d.LocationId != null && d.HistoryLength == 1
        && db.DeviceEvents.Any(e => e.DeviceId == d.Id && e.Seq == 1 && e.FromState == null && e.ToState == DeviceState.Received && e.ToLocationId == d.LocationId)));
}
