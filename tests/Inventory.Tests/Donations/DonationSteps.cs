using System.Net.Http.Headers;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Donors;
using BetterConnections.Inventory.Locations;
using BetterConnections.Messaging;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Donations;

/// <summary>What comes before and around an import.</summary>
static class DonationSteps
{
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static Task<DonorView> DonorAsync(this InventoryApp inventory, bool namePublic = false) => inventory.As(Roles.ProgrammeOffice)
        .PostAsync<DonorView>("/api/inventory/donors", new { name = $"Donor {Guid.NewGuid():n}", kind = "Company", namePublic });

    /// <summary>Offered by its donor, a new one unless given, and accepted into a warehouse of its own.</summary>
    public static async Task<DonationView> AcceptedDonationAsync(this InventoryApp inventory, DonorView? donor = null)
    {
        donor ??= await inventory.DonorAsync();
        var offered = await inventory.As(Roles.Donor, donor.Id).PostAsync<DonationView>("/api/inventory/donations", new { description = "Office computers", expectedDevices = 10 });
        var warehouse = await inventory.LocationAsync();
        return await inventory.As(Roles.ProgrammeOffice).PostAsync<DonationView>($"/api/inventory/donations/{offered.Id}/accept", new { warehouseId = warehouse });
    }

    /// <summary>A facility in zone 56 whose kit has not come; its id, where devices may stand.</summary>
    public static async Task<Guid> FacilityAsync(this InventoryApp inventory)
    {
        var facility = await inventory.SpaceReadyAsync(computers: 10_000, priority: -1);
        await inventory.InDbAsync(async db =>
        {
            db.Add(new Location { Id = facility, Code = facility.ToString("n"), Name = "Camp 12, Street 5", Kind = LocationKind.Facility });
            await db.SaveChangesAsync();
        });
        return facility;
    }

    public static HttpContent Csv(string text) => File(Encoding.UTF8.GetBytes(text), "text/csv");

    public static HttpContent File(byte[] content, string type) => new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static Task<HttpResponseMessage> SendManifestAsync(this HttpClient client, Guid donation, HttpContent file, string options = "") =>
        client.PostAsync($"/api/inventory/donations/{donation}/manifest?{options}", file);

    public static async Task<ImportReport> ImportAsync(this HttpClient client, Guid donation, HttpContent file, string options = "") =>
        await (await client.SendManifestAsync(donation, file, options)).ReadAsync<ImportReport>();

    /// <summary>Everything published so far has reached the broker.</summary>
    public static Task OutboxEmptiesAsync(this InventoryApp inventory) =>
        Eventually.BecomesAsync(() => inventory.InDbAsync(db => db.Set<OutboxMessage>().CountAsync()), waiting => waiting == 0);
}
