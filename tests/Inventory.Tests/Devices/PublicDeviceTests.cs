using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Tests.Donations;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Devices;

public class PublicDeviceTests(InventoryApp inventory)
{
    private readonly HttpClient _anyone = inventory.Anonymous();

    private async Task<DeviceView> GivenByAsync(bool namePublic)
    {
        var donation = await inventory.AcceptedDonationAsync(await inventory.DonorAsync(namePublic));
        var serial = Some.Serial();
        await inventory.As(Roles.Logistics).ImportAsync(donation.Id, DonationSteps.Csv($"Serial,Model,Kind\n{serial},T460,laptop\n"));
        return await inventory.As(Roles.Logistics).GetAsync<DeviceView>($"/api/inventory/devices/{serial}");
    }

    [Fact]
    public async Task Anyone_who_scans_a_device_learns_its_life_and_neither_serial_nor_person_nor_place()
    {
        var given = await GivenByAsync(namePublic: false);
        var facility = await inventory.FacilityAsync();
        var lateInTheDay = new DateTimeOffset(inventory.Clock.GetUtcNow().Date.AddHours(22), TimeSpan.Zero); // the next morning in Qatar
        await inventory.InDbAsync(async db =>
        {
            var device = await db.Devices.SingleAsync(d => d.Barcode == given.Barcode);
            device.Move(DeviceState.Triaged, new Act("person-7", lateInTheDay));
            device.Note(new Act("person-7", inventory.Clock.GetUtcNow(), "moved"), facility);
            await db.SaveChangesAsync();
        });

        var text = await _anyone.GetStringAsync($"/api/inventory/public/devices/{given.Barcode.ToLowerInvariant()}");

        var device = JsonSerializer.Deserialize<PublicDevice>(text, HttpSteps.Json)!;
        Assert.Equal((DeviceKind.Laptop, "T460", "Examined", "56"), (device.Kind, device.Model, device.StateInWords, device.Zone));
        Assert.Equal(["Received from its donor", "Examined"], device.Steps.Select(s => s.InWords));
        Assert.Equal(DateOnly.FromDateTime(lateInTheDay.Date).AddDays(1), device.Steps[^1].On);
        Assert.Null(device.Donor);
        foreach (var secret in new[] { given.Serial!, "person-7", "Camp 12", facility.ToString(), (await inventory.KitAsync(facility)).Code }) Assert.DoesNotContain(secret, text);
    }

    [Fact]
    public async Task A_donor_is_named_where_it_agreed() =>
        Assert.StartsWith("Donor ", (await _anyone.GetAsync<PublicDevice>($"/api/inventory/public/devices/{(await GivenByAsync(namePublic: true)).Barcode}")).Donor);

    [Fact]
    public async Task A_misread_label_a_serial_and_an_unknown_barcode_are_told_apart()
    {
        var given = await GivenByAsync(namePublic: true);
        await _anyone.GetAsync($"/api/inventory/public/devices/{given.Serial}").RefusesAsync(HttpStatusCode.BadRequest, "not_a_barcode");
        await _anyone.GetAsync("/api/inventory/public/devices/BC-000123-0").RefusesAsync(HttpStatusCode.BadRequest, "check_character_wrong");
        await _anyone.GetAsync($"/api/inventory/public/devices/{Barcode.Of(99_999_998, "BC")}").RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_has_plain_words(DeviceState state) => Assert.NotEmpty(PublicDevices.InWords(state));

    public static TheoryData<DeviceState> States => [.. Enum.GetValues<DeviceState>()];
}
