using System.Text;

namespace BetterConnections.Demo;

/// <summary>Devices come in: donations are offered, accepted, collected and received by their manifests.</summary>
internal sealed class Donations(People people)
{
    public Guid WarehouseId { get; private set; }
    public int Accepted { get; private set; }
    public int Refused { get; private set; }

    public async Task ReceiveAllAsync()
    {
        WarehouseId = (await people.Warehouse.PostAsync("/api/inventory/locations", new { code = "WH-1", name = "Main warehouse", kind = "Warehouse" })).Id();

        await people.Office.PostAsync("/api/inventory/donors", new { id = people.DonorId, name = "A ministry", kind = "Ministry", namePublic = true });
        var bank = (await people.Office.PostAsync("/api/inventory/donors", new { name = "A bank", kind = "Company" })).Id();
        var provider = (await people.Office.PostAsync("/api/inventory/donors", new { name = "The internet partner", kind = "Company" })).Id();

        var offer = await people.Donor.PostAsync("/api/inventory/donations", new { description = "Computers of the head office", expectedDevices = 260 });
        await ReceiveAsync(offer.Id(), "donor-manifest-ministry.csv", await File.ReadAllBytesAsync(Data("donor-manifest-ministry.csv")));
        await ReceiveAsync(await OfferAsync(bank, "Branch computers", 300), "donor-manifest-bank.csv", await File.ReadAllBytesAsync(Data("donor-manifest-bank.csv")));
        await ReceiveAsync(await OfferAsync(provider, "Wi-Fi modems", 60), "modems.csv", Manifest("Modem", "MDM", 60));
    }

    /// <summary>Later another donor gives, and those in line are served.</summary>
    public async Task ReceiveAnotherAsync(int computers)
    {
        var company = (await people.Office.PostAsync("/api/inventory/donors", new { name = "A contractor", kind = "Company" })).Id();
        await ReceiveAsync(await OfferAsync(company, "Site office computers", computers), "second-donation.csv", Manifest("Desktop", "SEC", computers));
    }

    private async Task<Guid> OfferAsync(Guid donorId, string description, int expectedDevices) =>
        (await people.Office.PostAsync("/api/inventory/donations", new { donorId, description, expectedDevices })).Id();

    private async Task ReceiveAsync(Guid donation, string fileName, byte[] manifest)
    {
        await people.Office.PostAsync($"/api/inventory/donations/{donation}/accept", new { warehouseId = WarehouseId });
        await people.Warehouse.PostAsync($"/api/inventory/donations/{donation}/collect");

        var address = $"/api/inventory/donations/{donation}/manifest?fileName={fileName}&locationId={WarehouseId}";
        var trial = await people.Warehouse.UploadAsync(address + "&dryRun=true", manifest, "text/csv");
        var report = await people.Warehouse.UploadAsync(address, manifest, "text/csv");
        var again = await people.Warehouse.UploadAsync(address, manifest, "text/csv");

        Story.Expect(trial.Number("accepted") == report.Number("accepted"), "a dry run foretells the import");
        Story.Expect(again.GetProperty("alreadyImported").GetBoolean() && again.Number("accepted") == 0, "the same file twice changes nothing");
        var refused = report.Number("rows") - report.Number("accepted");
        (Accepted, Refused) = (Accepted + report.Number("accepted"), Refused + refused);
        var codes = string.Join(", ", report.GetProperty("rejected").EnumerateObject().Select(c => $"{c.Value} {c.Name}"));
        Story.Tell($"{fileName}: {report.Number("rows")} rows, {report.Number("accepted")} devices received, {refused} refused{(codes == "" ? "" : $" ({codes})")}");
    }

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "data", file);

    private static byte[] Manifest(string type, string serials, int count)
    {
        var csv = new StringBuilder("Serial number,Type,Manufacturer,Model,Storage,RAM\n");
        for (var i = 1; i <= count; i++)
            csv.AppendLine(type == "Modem" ? $"{serials}{i:0000},{type},Huawei,B535," : $"{serials}{i:0000},{type},Dell,OptiPlex 3060,256 GB SSD,8 GB");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
