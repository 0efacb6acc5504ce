using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BetterConnections.Bench;

/// <summary>A donor's manifest of 20,000 rows, and all the workers of the country in one file.</summary>
internal static class Imports
{
    public static async Task MeasureAsync(Bench bench)
    {
        using var office = await bench.Callers.AdministratorAsync();
        using var warehouse = await bench.Callers.PersonWithRoleAsync("logistics");
        await ManifestAsync(bench, office, warehouse);
        await WorkersAsync(bench, office);
    }

    private static async Task ManifestAsync(Bench bench, HttpClient office, HttpClient warehouse)
    {
        var (system, limit, rows) = (bench.System, new Limit(bench.System), bench.Quick ? 2_000 : 20_000);
        await system.ClearAsync();
        await limit.ScratchAsync("inventorydb");
        var (product, copies) = (new List<double>(), new List<double>());
        for (var round = -1; round < bench.Rounds; round++) // the first one warms up
        {
            var (time, donation) = await ManifestAsync(office, warehouse, rows);
            var copy = await limit.CopyAsync("inventorydb", ("devices", $"donation_id = '{donation}'"), ("device_events", $"device_id in (select id from devices where donation_id = '{donation}')"));
            if (round < 0) continue;
            product.Add(time.TotalSeconds);
            copies.Add(copy.TotalSeconds);
        }
        bench.Add($"import of a manifest of {rows.ToString("N0", CultureInfo.InvariantCulture)} rows", "s", product, Goal.RatioAtMost(3), copies, @"psql \copy of its devices and their histories");
    }

    /// <summary>A donation from its offer to its manifest; the time of the manifest alone.</summary>
    public static async Task<(TimeSpan Time, string Donation)> ManifestAsync(HttpClient office, HttpClient warehouse, int rows)
    {
        var run = Guid.NewGuid().ToString("n")[..8];
        var donor = (await Callers.PostAsync(office, "/api/inventory/donors", new { name = $"Benchmark donor {run}", kind = "Company" })).GetProperty("id").GetString();
        var donation = (await Callers.PostAsync(office, "/api/inventory/donations", new { donorId = donor, description = "Computers", expectedDevices = rows })).GetProperty("id").GetString()!;
        await Callers.PostAsync(office, $"/api/inventory/donations/{donation}/accept", new { warehouseId = Stock.Store });
        await Callers.PostAsync(warehouse, $"/api/inventory/donations/{donation}/collect", new { });
        var csv = new StringBuilder("Serial number,Type,Manufacturer,Model,Storage,RAM,CPU,Asset tag\n");
        for (var i = 0; i < rows; i++) csv.Append(CultureInfo.InvariantCulture, $"{run}{i:000000},Desktop,Dell,OptiPlex 3060,256 GB SSD,8 GB,Core i5-8500,TAG-{i}\n");
        var (time, report) = await UploadAsync(warehouse, $"/api/inventory/donations/{donation}/manifest?fileName=bench.csv", csv.ToString());
        return report.GetProperty("accepted").GetInt32() == rows ? (time, donation) : throw new InvalidOperationException($"The manifest was not taken whole: {report}");
    }

    private static async Task WorkersAsync(Bench bench, HttpClient office)
    {
        var (system, limit, rows, process) = (bench.System, new Limit(bench.System), bench.Quick ? 20_000 : 1_500_000, bench.System.ProcessId("enrollment"));
        await Facilities.OpenAsync(system);
        await limit.ScratchAsync("enrollmentdb");
        var csv = new StringBuilder("facility,languages,consent training,consent evaluation,gender,birth year\n");
        var seed = Environment.ProcessId % 50;
        for (var i = 0; i < rows; i++)
            csv.Append(CultureInfo.InvariantCulture, $"F{9001 + (i + seed) % 1500},{(i % 2 == 0 ? "hi;ne" : "ar")},yes,{(i % 3 == 0 ? "yes,Male," : "no,,")}{(i % 3 == 0 ? $"{1970 + (i + seed) % 30}" : "")}\n");
        await File.WriteAllTextAsync($"/proc/{process}/clear_refs", "5"); // counts the highest memory anew
        var before = Installation.Memory(process);
        var (time, report) = await UploadAsync(office, "/api/enrollment/workers/import", csv.ToString());
        var highest = Installation.Memory(process, "VmHWM");
        if (report.GetProperty("accepted").GetInt32() != rows) throw new InvalidOperationException($"The workers were not taken whole: {report.GetRawText()[..400]}");
        var import = report.GetProperty("id").GetString();
        var copy = await limit.CopyAsync("enrollmentdb", ("workers", $"import_id = '{import}'"));
        bench.Add($"import of {rows.ToString("N0", CultureInfo.InvariantCulture)} workers, once", "s", [time.TotalSeconds], Goal.RatioAtMost(3), [copy.TotalSeconds], @"psql \copy of the workers");
        bench.Add("memory that it takes at most", "MB", [highest - before], Goal.ValueAtMost(300));
    }

    private static async Task<(TimeSpan Time, JsonElement Report)> UploadAsync(HttpClient office, string path, string csv)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var started = Stopwatch.GetTimestamp();
        using var response = await office.PostAsync(path, content);
        var time = Stopwatch.GetElapsedTime(started);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? (time, JsonSerializer.Deserialize<JsonElement>(text)) : throw new HttpRequestException($"POST {path} answered {(int)response.StatusCode}: {text}");
    }
}
