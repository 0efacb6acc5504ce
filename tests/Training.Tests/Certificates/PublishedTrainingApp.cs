using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Training.Tests.Certificates;

/// <summary>One whose public addresses another program can really fetch: a front on loopback passes them on to the service under test.</summary>
public sealed class PublishedTrainingApp : TrainingApp
{
    private readonly WebApplication _front;

    public PublishedTrainingApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _front = builder.Build();
        _front.MapGet("/api/training/public/{**rest}", async (HttpRequest request, HttpResponse response) =>
        {
            using var answer = await Anonymous().GetAsync($"{request.Path}{request.QueryString}");
            response.StatusCode = (int)answer.StatusCode;
            response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
        });
        _front.StartAsync().GetAwaiter().GetResult();
    }

    public string Address => _front.Urls.Single();

    protected override IEnumerable<(string Name, string Value)> Settings => [("Programme:PublicUrl", Address)];

    public override async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await base.DisposeAsync();
    }
}
