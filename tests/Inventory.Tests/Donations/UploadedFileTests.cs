using System.Security.Cryptography;
using BetterConnections.Inventory.Donations;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Inventory.Tests.Donations;

public class UploadedFileTests
{
    private const int Limit = 1_000_000;

    private static HttpRequest Request(Stream body, string type = "text/csv", long? length = null)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentType, request.ContentLength) = (body, type, length);
        return request;
    }

    private static async Task<Refusal> RefusalAsync(HttpRequest request) =>
        await Assert.ThrowsAnyAsync<Refusal>(() => UploadedFile.ReceiveAsync(request, null, Limit, CancellationToken.None));

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        var file = new EndlessFile(200_000_000);
        var refusal = await RefusalAsync(Request(file, length: 200_000_000));
        Assert.Equal((413, "file_too_large", 0), (refusal.Status, refusal.Code, file.BytesRead));
    }

    [Theory]
    [InlineData("text/csv", "")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\n")]
    public async Task A_body_that_does_not_say_its_length_is_read_only_as_far_as_the_limit(string type, string start)
    {
        var file = new EndlessFile(200_000_000, start);
        var refusal = await RefusalAsync(Request(file, type));
        Assert.Equal((413, "file_too_large"), (refusal.Status, refusal.Code));
        Assert.InRange(file.BytesRead, Limit, Limit + 200_000);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_form_without_a_boundary_or_an_end_is_a_coded_400(string type)
    {
        var refusal = await RefusalAsync(Request(new MemoryStream("--x\r\nContent-Disp"u8.ToArray()), type));
        Assert.Equal(400, refusal.Status);
    }

    [Fact]
    public async Task The_file_is_kept_until_it_is_let_go_and_then_gone()
    {
        string path;
        await using (var file = await UploadedFile.ReceiveAsync(Request(new EndlessFile(Limit)), "../../etc/list.csv", Limit, CancellationToken.None))
        {
            path = file.Content.Name;
            Assert.Equal((Limit, "list.csv"), (file.Content.Length, file.Name));
            file.Content.Position = 0;
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(file.Content)));
            Assert.True(File.Exists(path));
        }
        Assert.False(File.Exists(path));
    }
}
