using System.Text;
using System.Text.Json;

namespace BetterConnections.Portal.Tests;

/// <summary>A donor, what it gave, and where it went.</summary>
public sealed record Given(string Donor, Guid Donation, string Barcode, string Serial);

/// <summary>A place for a volunteer.</summary>
public sealed record Sought(Guid Id, long Number);

/// <summary>Beginnings that tests of several rooms share.</summary>
public static class GivenSteps
{
    /// <summary>A donor gives one computer, which is received by its manifest.</summary>
    /// <param name="donor">Its id, where it has one already as an organisation.</param>
    /// <param name="place">The warehouse that receives it, if not a new one.</param>
    public static async Task<Given> GivenByDonorAsync(this WholeSystem system, bool namePublic = true, Guid? donor = null, Guid? place = null)
    {
        var (office, warehouse) = (system.Office, await system.Staff.WarehouseAsync());
        var (name, serial) = ($"Donor {Guid.NewGuid():n}"[..18], $"P{Guid.NewGuid():n}"[..16].ToUpperInvariant());
        var giver = await office.PostAsync<Named>("/api/inventory/donors", new { id = donor, name, kind = "Company", namePublic });
        var donation = await office.PostAsync<Named>("/api/inventory/donations", new { donorId = giver.Id, description = $"Computers of {name}", expectedDevices = 1 });
        var location = place ?? await warehouse.OpenWarehouseAsync();
        await office.PostAsync<Named>($"/api/inventory/donations/{donation.Id}/accept", new { warehouseId = location });
        await warehouse.PostAsync<Named>($"/api/inventory/donations/{donation.Id}/collect");
        var manifest = $"Serial number,Type,Manufacturer,Model,Storage,RAM\n{serial},Desktop,Dell,OptiPlex 3060,256 GB SSD,8 GB\n";
        (await warehouse.UploadAsync($"/api/inventory/donations/{donation.Id}/manifest?fileName=one.csv&locationId={location}", Encoding.UTF8.GetBytes(manifest), "text/csv")).Read();
        var device = (await warehouse.GetAsync<Page<Device>>($"/api/inventory/devices?donationId={donation.Id}")).Items.Single();
        return new(name, donation.Id, device.Barcode, serial);
    }

    /// <summary>The school looks for a volunteer, for three weeks.</summary>
    public static async Task<Sought> SeekAsync(this WholeSystem system, string role, DateTimeOffset starts, string language = "hi") => await system.Office.PostAsync<Sought>(
        "/api/volunteer/openings", new { facilityId = (await system.School.OpenAsync()).Facility, role, starts, ends = starts.AddDays(21), languages = new[] { language } });

    /// <summary>Examined, and erased with a record. Returns the hash of its certificate.</summary>
    public static async Task<string> WipeAsync(this WholeSystem system, Given given)
    {
        var warehouse = await system.Staff.WarehouseAsync();
        await warehouse.ScanAsync("Triage", [new(given.Barcode, "Desktop", given.Serial, "Received", null)]);
        var now = DateTimeOffset.UtcNow;
        await warehouse.PostAsync<JsonElement>("/api/inventory/wipes", new
        {
            records = new[]
            {
                new
                {
                    barcode = given.Barcode, media = new { type = "Ssd", serial = $"M-{given.Serial}", model = "as fitted" }, method = "Purge", technique = "BlockErase", tool = "nwipe", toolVersion = "0.42",
                    verification = new { how = "Sampling", result = "Passed" }, status = "Succeeded", startedAt = now.AddHours(-2), endedAt = now.AddHours(-1),
                },
            },
        });
        return (await warehouse.GetAsync<List<WipeView>>($"/api/inventory/devices/{given.Barcode}/wipes")).Single().Certificate;
    }

    /// <summary>Applied for by a new employer.</summary>
    public static async Task<Facility> AppliedForAsync(this WholeSystem system)
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        return await employer.ApplyAsync(await employer.AddSiteAsync("Site of the portal", facilities: 1));
    }

    private sealed record Named(Guid Id);

    private sealed record WipeView(string Certificate);
}
