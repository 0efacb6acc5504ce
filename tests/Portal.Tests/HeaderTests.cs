using System.Net;

namespace BetterConnections.Portal.Tests;

/// <summary>What the gateway says with the portal's files. <c>Gateway.Tests</c> has the rules one by one; this is the built portal, whole.</summary>
public class HeaderTests(Portal portal)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/a/page/that/is/not")]
    public async Task A_page_may_run_only_what_the_gateway_serves_and_is_asked_for_anew(string path)
    {
        using var client = portal.System.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self' 'wasm-unsafe-eval'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoCache, $"{response.Headers.CacheControl}");
    }

    [Fact]
    public async Task Assets_are_compressed_and_kept_for_good()
    {
        using var client = portal.System.Stranger();
        var asset = (await client.GetStringAsync("/")).Split('"').First(part => part.StartsWith("/assets/", StringComparison.Ordinal) && part.EndsWith(".js", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, asset) { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(response.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", $"{response.Headers.CacheControl}");
    }
}
