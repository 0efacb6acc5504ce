using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Donors;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Donations;

public class DonationTests(InventoryApp inventory)
{
    private readonly HttpClient _office = inventory.As(Roles.ProgrammeOffice);
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_donation_is_offered_accepted_and_collected_and_its_history_says_by_whom_and_why()
    {
        var donor = await inventory.DonorAsync();
        var offered = await inventory.As(Roles.Donor, donor.Id, "donor-1")
            .PostAsync<DonationView>("/api/inventory/donations", new { description = "Office computers", expectedDevices = 260, collectFrom = "West Bay" });
        await inventory.As(Roles.ProgrammeOffice, subject: "office-1").PostAsync<DonationView>($"/api/inventory/donations/{offered.Id}/accept", new { why = "good machines" });
        var collected = await inventory.As(Roles.Logistics, subject: "lorry-1").PostAsync<DonationView>($"/api/inventory/donations/{offered.Id}/collect", new { });

        Assert.Equal((donor.Id, DonationState.Offered), (offered.DonorId, offered.State));
        Assert.Equal(DonationState.Collected, collected.State);
        var history = await _office.GetAsync<List<DonationEventView>>($"/api/inventory/donations/{offered.Id}/history");
        Assert.Equal([("donor-1", null, DonationState.Offered), ("office-1", "good machines", DonationState.Accepted), ("lorry-1", null, DonationState.Collected)],
            history.Select(h => (h.By, h.Why, h.State)));
    }

    [Fact]
    public async Task A_declined_donation_stays_declined_and_takes_no_devices()
    {
        var donation = await _office.PostAsync<DonationView>("/api/inventory/donations",
            new { description = "Typewriters", expectedDevices = 3, donorId = (await inventory.DonorAsync()).Id });
        await _office.PostAsync($"/api/inventory/donations/{donation.Id}/decline", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.PostAsync<DonationView>($"/api/inventory/donations/{donation.Id}/decline", new { why = "too old" });

        await _office.PostAsync($"/api/inventory/donations/{donation.Id}/accept", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await _office.SendManifestAsync(donation.Id, DonationSteps.Csv("Serial\nS1"), "dryRun=true").RefusesAsync(HttpStatusCode.Conflict, "donation_not_accepted");
    }

    [Fact]
    public async Task A_donor_sees_and_offers_only_its_own()
    {
        var (mine, others) = (await inventory.DonorAsync(), await inventory.DonorAsync());
        var (given, foreign) = (await inventory.AcceptedDonationAsync(mine), await inventory.AcceptedDonationAsync(others));
        var donor = inventory.As(Roles.Donor, mine.Id);

        Assert.Equal(given, Assert.Single((await donor.GetAsync<Page<DonationView>>("/api/inventory/donations")).Items));
        foreach (var part in new[] { "", "/history", "/devices", "/outcome", "/imports" })
            await donor.GetAsync($"/api/inventory/donations/{foreign.Id}{part}").RefusesAsync(HttpStatusCode.NotFound, "donation_unknown");
        await donor.SendManifestAsync(foreign.Id, DonationSteps.Csv("Serial\nS1"), "dryRun=true").RefusesAsync(HttpStatusCode.NotFound, "donation_unknown");
        await donor.PostAsync("/api/inventory/donations", new { description = "For another", expectedDevices = 1, donorId = others.Id })
            .RefusesAsync(HttpStatusCode.NotFound, "donor_unknown");
        await donor.PostAsync($"/api/inventory/donations/{given.Id}/accept", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Donor).GetAsync("/api/inventory/donations").RefusesAsync(HttpStatusCode.Forbidden, "organisation_missing");
        await inventory.As(Roles.Employer, mine.Id).GetAsync("/api/inventory/donations").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_donor_organisation_is_written_by_the_programme_and_read_by_itself()
    {
        var id = Guid.NewGuid();
        var created = await _office.PostAsync("/api/inventory/donors", new { id, name = $"Ministry {id:n}", kind = "Ministry" });
        var donor = await created.ReadAsync<DonorView>();
        Assert.Equal((id, DonorKind.Ministry, false), (donor.Id, donor.Kind, donor.NamePublic));

        var address = $"/api/inventory/donors/{id}";
        var change = new { name = donor.Name, kind = "Ministry", namePublic = true };
        await _office.PutAsync(address, change, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.True((await (await _office.PutAsync(address, change, created.Headers.ETag!.Tag)).ReadAsync<DonorView>()).NamePublic);

        var itself = inventory.As(Roles.Donor, id);
        Assert.Equal(donor with { NamePublic = true }, await itself.GetAsync<DonorView>(address));
        Assert.Equal(id, Assert.Single((await itself.GetAsync<Page<DonorView>>("/api/inventory/donors")).Items).Id);
        await itself.PutAsync(address, change, "*").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Donor, Guid.NewGuid()).GetAsync(address).RefusesAsync(HttpStatusCode.NotFound, "donor_unknown");
        await _office.PostAsync("/api/inventory/donors", new { id, name = "Another", kind = "Ministry" }).RefusesAsync(HttpStatusCode.Conflict, "donor_already_known");
        await _office.PostAsync("/api/inventory/donors", new { name = donor.Name, kind = "Ministry" }).RefusesAsync(HttpStatusCode.Conflict, "donor_name_taken");
    }

    [Fact]
    public async Task A_donor_learns_what_became_of_each_device_and_of_the_whole_and_no_more_of_a_facility_than_code_and_zone()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var donor = inventory.As(Roles.Donor, donation.DonorId);
        var (deployed, recycled) = (Some.Serial(), Some.Serial());
        await _logistics.ImportAsync(donation.Id, DonationSteps.Csv($"Serial,Kind\n{deployed},desktop\n{recycled},laptop\n"));
        var facility = await inventory.FacilityAsync();
        var code = (await inventory.KitAsync(facility)).Code;
        await inventory.InDbAsync(async db =>
        {
            var act = new Act("test", inventory.Clock.GetUtcNow());
            var devices = await db.Devices.Where(d => d.DonationId == donation.Id).ToDictionaryAsync(d => d.Serial!);
            foreach (var state in new[] { DeviceState.Triaged, DeviceState.Wiped, DeviceState.Refurbished, DeviceState.Licensed, DeviceState.InStock, DeviceState.Reserved, DeviceState.InTransit })
                devices[deployed].Move(state, act);
            devices[deployed].Move(DeviceState.Deployed, act, facility);
            devices[recycled].Move(DeviceState.Retired, act);
            devices[recycled].Move(DeviceState.Recycled, act);
            await db.SaveChangesAsync();
        });

        var devices = (await donor.GetAsync<Page<DonatedDeviceView>>($"/api/inventory/donations/{donation.Id}/devices")).Items;
        Assert.Equal([(deployed, DeviceState.Deployed, code, "56"), (recycled, DeviceState.Recycled, null, null)],
            devices.Select(d => (d.Serial, d.State, d.Facility, d.Zone)));

        var outcome = await donor.GetAsync<DonationOutcome>($"/api/inventory/donations/{donation.Id}/outcome");
        Assert.Equal((2, 1), (outcome.Devices, outcome.Recycled));
        Assert.Equal(new() { [DeviceState.Deployed] = 1, [DeviceState.Recycled] = 1 }, new Dictionary<DeviceState, int>(outcome.States));
        Assert.Equal(new FacilityDevices(code, "56", 1), Assert.Single(outcome.Facilities));
    }
}
