using System.Net;
using System.Xml.Linq;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BetterConnections.Gateway.Tests;

/// <summary>Addresses that are a key in themselves, and the survey apps that use them.</summary>
public class KeyTests(GatewayApp gateway)
{
    private static readonly XNamespace Envelope = "http://openrosa.org/http/response";

    [Fact]
    public async Task No_trace_holds_the_token_of_an_address()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var own = await GatewayApp.StartAsync(receiver.Settings);
        var token = Secret.Create();

        Assert.Equal(HttpStatusCode.OK, (await own.Anonymous().GetAsync($"/openrosa/key/{token}/projects/1/formList")).StatusCode);

        const string path = "/openrosa/key/[redacted]/projects/1/formList";
        Assert.Contains(own.Backend.Seen, s => s.PathAndQuery.Contains(token));
        await Eventually.BecomesAsync(() => Task.FromResult(receiver.Has("/v1/traces", own.Backend.Address + path)), seen => seen); // the client's span
        await Eventually.BecomesAsync(() => Task.FromResult(receiver.Has("/v1/traces", "\n" + (char)path.Length + path)), seen => seen); // the server's, whole
        Assert.False(receiver.Has(null, token));
    }

    [Fact]
    public async Task No_log_holds_the_token_of_an_address()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var token = Secret.Create();
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (name, value) in receiver.Settings) builder.Configuration[name] = value;
        builder.AddLogging();
        builder.AddTelemetry();
        await using var app = builder.Build();
        var console = app.Services.GetServices<ConsoleFormatter>().Single(f => f.Name == "lines");
        var scopes = new LoggerExternalScopeProvider();
        using var line = new StringWriter();

        using (scopes.Push($"RequestPath:/openrosa/key/{token}/projects/1/submission"))
            console.Write(new LogEntry<string>(LogLevel.Warning, "Test", default, $"asked for /api/volunteer/public/key/{token}/calendar.ics",
                new InvalidOperationException($"at http://there/key/{token}"), (state, _) => state), scopes, line);
        app.Logger.LogWarning("Proxying to {Address}", $"http://there/openrosa/key/{token}/projects/1/formList");

        Assert.Equal(3, line.ToString().Split("/key/[redacted]").Length - 1);
        Assert.DoesNotContain(token, line.ToString());
        await Eventually.BecomesAsync(() => Task.FromResult(receiver.Has("/v1/logs", "http://there/openrosa/key/[redacted]/projects/1/formList")), seen => seen);
        Assert.False(receiver.Has(null, token));
    }

    [Theory]
    [InlineData("/openrosa/key/abc-_9/projects/1/formList", "abc-_9"), InlineData("/api/volunteer/public/KEY/abc/x", "abc")]
    [InlineData("/api/inventory/keys/abc", null), InlineData("/monkey/abc", null), InlineData("/key/", null)]
    public void The_token_is_the_part_after_key(string path, string? token)
    {
        Assert.Equal(token, CapabilityPaths.TokenIn(path));
        Assert.Equal(token is null ? path : path.Replace(token, "[redacted]"), CapabilityPaths.Redact(path));
        Assert.Equal(CapabilityPaths.Redact(path), CapabilityPaths.Redact(CapabilityPaths.Redact(path)));
    }

    [Fact]
    public async Task One_key_that_asks_too_much_waits_while_another_goes_on()
    {
        await using var own = await GatewayApp.StartAsync(("Gateway:Limits:Keys:Burst", "3"), ("Gateway:Limits:Keys:PerSecond", "1"));
        var (greedy, modest) = (Secret.Create(), Secret.Create());

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++) answers.Add(await own.Anonymous().GetAsync($"/openrosa/key/{greedy}/projects/1/formList"));

        var refused = Assert.Single(answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).Take(1));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("rate_limited", await NatureAsync(refused));
        Assert.Equal(HttpStatusCode.OK, (await own.Anonymous().GetAsync($"/openrosa/key/{modest}/projects/1/formList")).StatusCode);
    }

    [Fact]
    public async Task A_survey_app_gets_xml_whatever_the_gateway_has_to_refuse()
    {
        await using var away = await GatewayApp.StartAsync(("services:evaluation:http:0", "http://127.0.0.1:1"));
        var submission = $"/openrosa/key/{Secret.Create()}/projects/1/submission";
        var tooLarge = new HttpRequestMessage(HttpMethod.Post, submission) { Content = new ByteArrayContent([]), Headers = { ExpectContinue = true } };
        tooLarge.Content.Headers.ContentLength = 100_000_001;

        Assert.Equal("not_found", await NatureAsync(await gateway.Anonymous().GetAsync("/openrosa/formList")));
        Assert.Equal("request_too_large", await NatureAsync(await gateway.Anonymous().SendAsync(tooLarge)));
        Assert.Equal("service_unavailable", await NatureAsync(await away.Anonymous().GetAsync(submission)));
    }

    private static async Task<string?> NatureAsync(HttpResponseMessage answer)
    {
        Assert.Equal("text/xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("1.0", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Version")));
        return (string?)XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Element(Envelope + "message")!.Attribute("nature");
    }
}
