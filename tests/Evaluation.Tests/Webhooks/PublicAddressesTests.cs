using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Webhooks;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BetterConnections.Evaluation.Tests.Webhooks;

public class PublicAddressesTests(EvaluationApp evaluation)
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)] // the cloud's metadata
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    public void What_is_not_on_the_public_internet_is_recognised(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://example.org/x", "webhook_url_not_valid")] // without TLS
    [InlineData("https://localhost/x", "webhook_url_not_public")]
    [InlineData("https://2130706433/x", "webhook_url_not_public")] // 127.0.0.1 in decimal
    [InlineData("https://0x7f.1/x", "webhook_url_not_public")]
    [InlineData("https://[::ffff:10.0.0.1]/x", "webhook_url_not_public")]
    public async Task An_inner_address_is_refused_when_it_is_given(string url, string code) =>
        await evaluation.WithScope("evaluation.webhooks").PostAsync(WebhooksApp.Path, new { url }).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_name_that_resolves_to_an_inner_address_is_not_connected_to()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new(), new KeySeal(null, "none"), evaluation.Clock);
        var url = receiver.Url.Replace("127.0.0.1", "localhost"); // stands for any name whose owner points it inwards
        var endpoint = WebhookEndpoint.Create("partner", url, [], new KeySeal(null, "none"), evaluation.Clock.GetUtcNow());

        var answer = await sender.SendAsync(endpoint, new() { Id = Guid.NewGuid(), Type = "x.y", Body = "{}" }, TestContext.Current.CancellationToken);

        Assert.Contains("not on the public internet", answer.Error);
        Assert.Empty(receiver.Inbox);
    }
}
