using System.Globalization;
using System.Text;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>
/// Sends what nobody should send to every operation that the services document, as everybody and as nobody.
/// <c>./bc test --fuzz</c> makes it long (<c>BC_FUZZ_REQUESTS</c>), <c>BC_FUZZ_SEED</c> repeats a run, <c>BC_FUZZ_SHOT</c> fires one shot of it.
/// </summary>
public class FuzzTests(WholeSystem system, ITestOutputHelper output)
{
    [Fact]
    public async Task Bad_input_never_fails_never_shows_another_tenant_and_never_changes_anything_when_refused()
    {
        var seed = Setting("BC_FUZZ_SEED") ?? Random.Shared.Next(1_000_000);
        var tenants = await new Planting(system).EverybodyAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1, UseCookies = false })
        {
            BaseAddress = system.Gateway,
            Timeout = TimeSpan.FromSeconds(20),
        };
        var operations = await OpenApi.OperationsAsync(system.Office);
        var shots = new Shots(seed, operations, tenants, await Known.LearnAsync(operations, system.Office));
        var fuzzer = new Fuzzer(system, http, shots, await Watch.OverAsync(system.Books));

        if (Setting("BC_FUZZ_SHOT") is { } one) await fuzzer.FireAsync([shots[one]]);
        else await fuzzer.RunAsync(Setting("BC_FUZZ_REQUESTS") ?? 2_000);

        output.WriteLine($"Seed {seed}, {operations.Count} operations: {fuzzer.Figures}");
        Assert.True(fuzzer.Faults.Count == 0, $"Seed {seed}, {fuzzer.Figures}\n\n{string.Join("\n\n", fuzzer.Faults)}");
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
