using System.Net;
using System.Net.Sockets;
using System.Text;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests;

public class BodyTests
{
    private const long MiB = 1024 * 1024;

    public static readonly TheoryData<string, long> Routes = new()
    {
        { "/api/inventory/devices", MiB },
        { "/api/inventory/donations", MiB },
        { "/connect/token", MiB },
        { "/api/enrollment/facilities/7/workers", MiB },
        { "/api/inventory/donations/7/manifest", 50 * MiB },
        { "/api/inventory/donations/7/manifest/dry-run", 50 * MiB },
        { "/api/inventory/donations/7/manifest-import", 50 * MiB },
        { "/api/inventory/wipes/nwipe", 20 * MiB },
        { "/api/enrollment/facilities/7/workers/import", 200 * MiB },
        { "/api/enrollment/workers/import", 200 * MiB },
        { "/api/enrollment/facilities/7/readiness/cooling/evidence", 10 * MiB },
        { "/api/enrollment/facilities/7/evidence/1", 10 * MiB },
        { "/api/volunteer/site-reports/7/photos", 5 * MiB },
        { "/api/evaluation/submissions/bulk", 10 * MiB },
    };

    [Theory, MemberData(nameof(Routes))]
    public async Task A_body_over_the_limit_of_its_route_is_refused_before_it_is_sent(string path, long limit)
    {
        await using var gateway = await GatewayApp.StartAsync();

        await gateway.SignedIn().SendAsync(Upload(path, limit + 1)).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "request_too_large");

        Assert.Empty(gateway.Backend.Seen);
    }

    [Theory]
    [InlineData("/api/inventory/devices", MiB)]
    [InlineData("/api/inventory/donations/7/manifest", 50 * MiB)]
    public async Task A_body_up_to_the_limit_arrives_whole(string path, long size)
    {
        await using var gateway = await GatewayApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await gateway.SignedIn().SendAsync(Upload(path, size))).StatusCode);

        Assert.Equal(size, Assert.Single(gateway.Backend.Seen).Body);
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_cut_off_at_the_limit()
    {
        await using var gateway = await GatewayApp.StartAsync();
        var upload = Upload("/api/inventory/devices", 2 * MiB);
        upload.Content!.Headers.ContentLength = null;
        upload.Headers.TransferEncodingChunked = true;

        await gateway.SignedIn().SendAsync(upload).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "request_too_large");

        Assert.Empty(gateway.Backend.Seen);
    }

    [Fact]
    public async Task A_client_that_sends_all_before_it_listens_hears_the_refusal_too()
    {
        await using var gateway = await GatewayApp.StartAsync();
        var address = gateway.Anonymous().BaseAddress!;
        using var connection = new TcpClient(address.Host, address.Port);
        var stream = connection.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /connect/token HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {30 * MiB}\r\n\r\n"));
        await stream.WriteAsync(new byte[30 * MiB]);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await new StreamReader(stream).ReadLineAsync());
    }

    [Fact]
    public async Task A_body_reaches_the_service_while_the_client_still_sends()
    {
        await using var gateway = await GatewayApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/donations/7/manifest")
        {
            Content = new Parts(new byte[MiB], gateway.Backend.FirstBytes.Task.WaitAsync(TimeSpan.FromSeconds(20)), new byte[MiB]),
        };

        Assert.Equal(HttpStatusCode.OK, (await gateway.SignedIn().SendAsync(request)).StatusCode);

        Assert.Equal(2 * MiB, Assert.Single(gateway.Backend.Seen).Body);
    }

    /// <summary>A client that waits for the server's consent before it sends, as one with a large file should.</summary>
    private static HttpRequestMessage Upload(string path, long size) => new(HttpMethod.Post, path)
    {
        Content = new Parts(new byte[size]),
        Headers = { ExpectContinue = true },
    };

    /// <summary>Sends bytes, then awaits, then sends the rest.</summary>
    private sealed class Parts(byte[] first, Task? between = null, byte[]? rest = null) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            if (between is not null) await between;
            await stream.WriteAsync(rest ?? []);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = first.Length + (rest?.Length ?? 0);
            return true;
        }
    }
}
