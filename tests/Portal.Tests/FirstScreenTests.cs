using System.Globalization;

namespace BetterConnections.Portal.Tests;

/// <summary>What a cheap phone has to load and to compute. Nothing else runs meanwhile.</summary>
[Collection(nameof(Alone))]
public class FirstScreenTests(Portal portal) : PortalTest(portal)
{
    private const int ScriptBytes = 170_000;

    // A phone of the lower middle class on slow 4G, as Lighthouse has it.
    private const int SlowDown = 4, RoundTripMilliseconds = 150;
    private const double BytesPerSecond = 1.6 * 1_000_000 / 8;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <summary>Stretches the budget on machines that are busy with other things.</summary>
    private static readonly double Patience = double.Parse(Environment.GetEnvironmentVariable("BC_PATIENCE") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    public async Task Before_the_first_screen_no_more_script_is_loaded_than_a_phone_takes(string path)
    {
        var page = await OnPhone().WithoutServiceWorker().NowhereYetAsync();
        var scripts = new List<IRequest>();
        page.RequestFinished += (_, request) =>
        {
            if (request.Url.EndsWith(".js", StringComparison.Ordinal)) scripts.Add(request);
        };
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(page.Heading()).ToBeVisibleAsync();

        var sizes = await Task.WhenAll(scripts.Select(async s => (s.Url, Bytes: (await s.SizesAsync()).ResponseBodySize)));
        Assert.NotEmpty(sizes);
        Assert.True(sizes.Sum(s => s.Bytes) <= ScriptBytes, $"{sizes.Sum(s => s.Bytes)} bytes of script:\n{string.Join('\n', sizes.OrderByDescending(s => s.Bytes))}");
    }

    [Fact]
    public async Task The_first_screen_is_usable_soon_on_a_cheap_phone_with_a_slow_connection()
    {
        var page = await OnPhone().WithoutServiceWorker().NowhereYetAsync();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = RoundTripMilliseconds,
            ["downloadThroughput"] = BytesPerSecond,
            ["uploadThroughput"] = BytesPerSecond / 2,
        });
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = SlowDown });

        await page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByLabel("E-mail address").FillAsync("somebody@example.org"); // once it is there, can be seen and can be written in
        var milliseconds = await page.EvaluateAsync<double>("performance.now()");
        Assert.True(milliseconds <= Patience * Budget.TotalMilliseconds, $"usable after {milliseconds:0} ms");
    }
}

/// <summary>Tests that measure, or that others would disturb.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
