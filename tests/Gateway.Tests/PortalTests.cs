using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests;

public class PortalTests(PortalTests.Built built) : IClassFixture<PortalTests.Built>
{
    private const string Page = "<!DOCTYPE html><title>The portal</title>", Script = "console.log('the portal')", Asset = "/assets/index-4f3a.js";

    /// <summary>A gateway with what a build leaves behind, compressed as <c>dotnet publish</c> does it.</summary>
    public sealed class Built : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bc-portal-");

        public GatewayApp Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Write("/index.html", Page);
            Write(Asset, Script);
            Write("/sw.js", "// offline");
            Write("/manifest.webmanifest", "{}");
            Compress(Asset, ".br", to => new BrotliStream(to, CompressionLevel.SmallestSize));
            Compress(Asset, ".gz", to => new GZipStream(to, CompressionLevel.SmallestSize));
            Compress("/index.html", ".gz", to => new GZipStream(to, CompressionLevel.SmallestSize));
            Gateway = await GatewayApp.StartWithPortalAsync(_folder.FullName);
        }

        private string PathOf(string file) => _folder.FullName + file;

        private void Write(string file, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.WriteAllText(PathOf(file), text);
        }

        private void Compress(string file, string ending, Func<Stream, Stream> coding)
        {
            using var to = coding(File.Create(PathOf(file + ending)));
            to.Write(File.ReadAllBytes(PathOf(file)));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/"), InlineData("/office/facilities/BC-7"), InlineData("/index.html"), InlineData("/session-plans")]
    public async Task Every_address_that_a_person_may_have_is_the_portals_page(string path)
    {
        var answer = await GetAsync(path, "text/html,application/xhtml+xml,*/*;q=0.8");

        Assert.Equal((HttpStatusCode.OK, "text/html", Page), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.NotNull(answer.Headers.ETag);
        var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { answer.Headers.ETag }, Accept = { new("text/html") } } };
        Assert.Equal(HttpStatusCode.NotModified, (await built.Gateway.Anonymous().SendAsync(again)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await built.Gateway.Anonymous().SendAsync(new(HttpMethod.Head, path) { Headers = { Accept = { new("text/html") } } })).StatusCode);
    }

    [Theory]
    [InlineData("/api/nothing", "text/html"), InlineData("/api", "text/html"), InlineData("/admin.php", "text/html"), InlineData("/assets/index-gone.js", "*/*"), InlineData("/office", "application/json"), InlineData("/office", "*/*")]
    public async Task What_is_no_page_is_a_404_problem(string path, string accept) =>
        await GetAsync(path, accept).RefusesAsync(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task A_page_is_only_read() =>
        await built.Gateway.Anonymous().PostAsync("/office", new ByteArrayContent([])).RefusesAsync(HttpStatusCode.NotFound, "not_found");

    [Theory]
    [InlineData("/health", "text/html", "application/json"), InlineData("/docs/index.html", "text/html", "text/html"), InlineData("/ops/sign-in", "text/html", "text/html"), InlineData("/session", "text/html", "application/json")]
    public async Task What_the_gateway_has_itself_stays_where_it_is(string path, string accept, string type)
    {
        var answer = await GetAsync(path, accept);

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(Page, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br"), InlineData("gzip", "gzip"), InlineData("br;q=0, gzip", "gzip"), InlineData("identity", null)]
    public async Task A_script_comes_as_small_as_the_browser_can_read_it_and_is_kept_for_ever(string accepts, string? coding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Asset);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);

        var answer = await built.Gateway.Anonymous().SendAsync(request);

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        var body = await answer.Content.ReadAsStreamAsync();
        using var text = new StreamReader(coding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body });
        Assert.Equal(Script, await text.ReadToEndAsync());
    }

    [Theory]
    [InlineData("/sw.js", "text/javascript"), InlineData("/manifest.webmanifest", "application/manifest+json")]
    public async Task What_keeps_its_name_when_it_changes_is_asked_for_each_time(string path, string type)
    {
        var answer = await GetAsync(path, "*/*");

        Assert.Equal((type, "no-cache"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
    }

    [Theory]
    [InlineData("/"), InlineData(Asset), InlineData("/sw.js")]
    public async Task Nothing_inline_and_nothing_of_another_origin_runs(string path)
    {
        var policy = Assert.Single((await GetAsync(path, "text/html")).Headers.GetValues("Content-Security-Policy")).Split("; ");

        foreach (var rule in new[] { "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "media-src 'self' blob:", "frame-ancestors 'none'", "base-uri 'none'" })
            Assert.Contains(rule, policy);
        Assert.DoesNotContain(policy, rule => rule.Contains("'unsafe", StringComparison.Ordinal)); // of scripts or styles
    }

    [Fact]
    public async Task Files_need_no_token_and_count_against_no_limit()
    {
        var client = built.Gateway.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => client.GetAsync(Asset)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    private Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return built.Gateway.Anonymous().SendAsync(request);
    }
}
