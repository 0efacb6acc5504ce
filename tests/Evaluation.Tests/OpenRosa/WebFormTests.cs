using System.Net;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>On a machine without Node.js; where the form is built, the journeys fill it in.</summary>
public class WebFormTests(WebFormTests.UnbuiltApp evaluation) : IClassFixture<WebFormTests.UnbuiltApp>
{
    public sealed class UnbuiltApp : EvaluationApp
    {
        public LogBook Logs { get; } = new();

        protected override void Change(IServiceCollection services)
        {
            // What the framework has where there is no folder wwwroot.
            ((IWebHostEnvironment)services.Last(s => s.ServiceType == typeof(IWebHostEnvironment)).ImplementationInstance!).WebRootFileProvider = new NullFileProvider();
            services.AddSingleton<ILoggerProvider>(Logs).Configure<LoggerFilterOptions>(o => o.MinLevel = LogLevel.Information);
        }
    }

    [Fact]
    public async Task Where_the_web_form_was_not_built_one_line_says_so_and_the_page_tells_what_to_do()
    {
        Assert.Single(evaluation.Logs.Lines, l => l.StartsWith("Information: The web form of questionnaires was not built", StringComparison.Ordinal));
        Assert.DoesNotContain(evaluation.Logs.Lines, l => l.Contains("WebRootPath"));

        var field = await FieldWork.PrepareAsync(evaluation);
        var page = await evaluation.Anonymous().GetAsync(field.Issued.WebUrl);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("web_form_not_built", await page.Content.ReadAsStringAsync());
    }
}
