using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>What is received becomes stock: triage, wipe, school clubs, licences, shelves; the rest goes to the recycler.</summary>
internal sealed class Workshop(People people, Guid warehouse)
{
    private const int Batch = 400;
    private readonly Guid[] _clubs = new Guid[2];
    private Guid _recycler;
    private Guid _licences;

    public async Task OpenAsync()
    {
        for (var i = 0; i < _clubs.Length; i++)
            _clubs[i] = (await LocationAsync($"CLUB-{i + 1}", $"Green Computer Club {i + 1}", "Club", people.ClubIds[i])).Id();
        _recycler = (await LocationAsync("RECYCLER", "The recycler's yard", "Recycler", people.RecyclerId)).Id();
        _licences = (await people.Office.PostAsync("/api/inventory/licence-pools",
            new { product = "Desktop operating system", partner = "The software partner", reference = "AGR-2026-01", seats = 600 })).Id();
    }

    /// <summary>Takes everything in state Received as far as it goes. Returns what came into stock.</summary>
    public async Task<(int Computers, int Modems)> ProcessAsync()
    {
        var received = await people.Warehouse.ListAsync("/api/inventory/devices?state=Received");
        await ScanAsync("Triage", received);

        var modems = received.Where(d => d.Text("kind") == "Modem").ToList();
        var computers = received.Where(d => d.Text("kind") is "Desktop" or "Laptop").ToList();
        var others = received.Except(modems).Except(computers).ToList();
        var broken = computers.Where(d => d.GetProperty("notes").GetString()?.Contains("مكسور") == true).ToList();
        await ScanAsync("Store", modems);
        Story.Tell($"{received.Count} machines triaged: {computers.Count} computers, {modems.Count} modems (straight to stock), {others.Count} others, {broken.Count} of the computers broken");

        await WipeAsync(computers);
        var (refurbished, failed) = await RefurbishAsync([.. computers.Except(broken)]);
        await LicenseAsync(refurbished);
        await ScanAsync("Store", refurbished);
        Story.Tell($"{refurbished.Count} computers licensed and in stock");

        await RecycleAsync([.. others, .. broken, .. failed]);
        return (refurbished.Count, modems.Count);
    }

    private async Task WipeAsync(IReadOnlyList<JsonElement> computers)
    {
        var ended = DateTimeOffset.UtcNow;
        foreach (var batch in computers.Chunk(Batch))
        {
            await people.Warehouse.PostAsync("/api/inventory/wipes", new
            {
                records = batch.Select(d => new
                {
                    barcode = d.Text("barcode"),
                    media = new { type = d.Text("storage") == "Hdd" ? "Hdd" : "Ssd", serial = $"M-{d.Text("serial")}", model = "as fitted" },
                    method = "Purge",
                    technique = d.Text("storage") == "Hdd" ? "SecureErase" : "BlockErase",
                    tool = "nwipe",
                    toolVersion = "0.42",
                    verification = new { how = "Sampling", result = "Passed" },
                    status = "Succeeded",
                    startedAt = ended.AddHours(-2),
                    endedAt = ended,
                }),
            }).DoneAsync();
        }
        Story.Tell($"{computers.Count} computers wiped, each with a record and a certificate");
    }

    /// <summary>Half to each club, where one in fifty fails its checks.</summary>
    private async Task<(IReadOnlyList<JsonElement> Good, IReadOnlyList<JsonElement> Bad)> RefurbishAsync(IReadOnlyList<JsonElement> computers)
    {
        var bad = computers.Where((_, i) => i % 50 == 49).ToList();
        for (var club = 0; club < _clubs.Length; club++)
            await WorkAsync(people.Clubs[club], _clubs[club], [.. computers.Where((_, i) => i % _clubs.Length == club)], bad);
        var good = computers.Except(bad).ToList();
        Story.Tell($"{computers.Count} computers went to two school clubs on work orders: {good.Count} passed all checks, {bad.Count} failed");
        return (good, bad);
    }

    private async Task WorkAsync(Person club, Guid clubId, IReadOnlyList<JsonElement> computers, IReadOnlyList<JsonElement> bad)
    {
        if (computers.Count == 0) return;
        var order = $"/api/inventory/work-orders/{(await people.Warehouse.PostAsync("/api/inventory/work-orders", new { clubId })).Id()}";
        foreach (var batch in computers.Chunk(Batch)) await people.Warehouse.PostAsync($"{order}/devices", new { barcodes = Barcodes(batch) }).DoneAsync();
        await people.Warehouse.PostAsync($"{order}/hand-over");

        var checks = (await club.GetAsync("/api/inventory/work-orders/checks")).EnumerateArray().Select(c => c.GetString()).ToList();
        foreach (var batch in computers.Chunk(Batch))
            await club.PostAsync($"{order}/results", new
            {
                results = batch.Select(d => new
                {
                    barcode = d.Text("barcode"),
                    checks = checks.Select(item => new { item, outcome = item == "power" && bad.Contains(d) ? "Failed" : "Passed" }),
                }),
            }).DoneAsync();
        await club.PostAsync($"{order}/close");
    }

    private async Task LicenseAsync(IReadOnlyList<JsonElement> computers)
    {
        foreach (var batch in computers.Chunk(Batch))
            await people.Warehouse.PostAsync($"/api/inventory/licence-pools/{_licences}/seats", new { barcodes = Barcodes(batch) }).DoneAsync();
    }

    private async Task RecycleAsync(IReadOnlyList<JsonElement> devices)
    {
        if (devices.Count == 0) return;
        await ScanAsync("Retire", devices, "of no use to a facility");
        var batch = $"/api/inventory/ewaste/{(await people.Warehouse.PostAsync("/api/inventory/ewaste", new { recyclerId = _recycler })).Id()}";
        foreach (var part in devices.Chunk(Batch)) await people.Warehouse.PostAsync($"{batch}/scan", new { barcodes = Barcodes(part) }).DoneAsync();
        await people.Warehouse.PostAsync($"{batch}/hand-over");
        await people.Recycler.PostAsync($"{batch}/confirm", new { weightKg = devices.Count * 6.5, certificate = "recycler's certificate" });
        Story.Tell($"{devices.Count} machines of no use retired, fetched by the recycler and recycled with a certificate");
    }

    private async Task ScanAsync(string action, IReadOnlyList<JsonElement> devices, string? why = null)
    {
        foreach (var batch in devices.Chunk(Batch))
            await people.Warehouse.PostAsync("/api/inventory/scans", new { action, barcodes = Barcodes(batch), locationId = warehouse, why }).DoneAsync();
    }

    private static IEnumerable<string> Barcodes(IEnumerable<JsonElement> devices) => devices.Select(d => d.Text("barcode"));

    private Task<JsonElement> LocationAsync(string code, string name, string kind, Guid organisationId) =>
        people.Warehouse.PostAsync("/api/inventory/locations", new { code, name, kind, organisationId });
}
