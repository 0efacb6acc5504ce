using System.Net.Http.Headers;
using System.Text;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Workers;

internal static class ImportSteps
{
    public const string Many = "/api/enrollment/workers/import";

    public static string ImportPath(this FacilityInUse facility) => $"/api/enrollment/facilities/{facility.Id}/workers/import";

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, byte[] file, string type = "text/csv") =>
        client.PostAsync(path, new ByteArrayContent(file) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, string file) => client.SendAsync(path, Encoding.UTF8.GetBytes(file));

    public static async Task<ImportReport> ImportAsync(this HttpClient client, string path, string file) => await (await client.SendAsync(path, file)).ReadAsync<ImportReport>();

    public static async Task<ImportReport> ImportAsync(this HttpClient client, string path, byte[] file) => await (await client.SendAsync(path, file)).ReadAsync<ImportReport>();

    /// <summary>A code that nobody else has.</summary>
    public static string Card() => $"EMP-{Guid.NewGuid():n}"[..20].ToUpperInvariant();
}
