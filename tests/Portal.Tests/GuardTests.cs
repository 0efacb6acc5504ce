using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>What watches all other tests has to notice what it is there for.</summary>
public class GuardTests(Portal portal)
{
    private const string Policy = "default-src 'none'; script-src 'self'; connect-src *; img-src 'self'";

    [Theory]
    [InlineData("console.error('[intlify] Not found key')", "Not found key")]
    [InlineData("setTimeout(() => { throw new Error('left to nobody') })", "left to nobody")]
    [InlineData("Promise.reject(new Error('not answered'))", "not answered")]
    [InlineData("fetch('http://elsewhere.example/').catch(() => {})", "asked http://elsewhere.example/")]
    [InlineData("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"x()\" style=\"color: red\">')", "Content Security Policy")]
    [InlineData("fetch('/assets/not-there.js')", "/assets/not-there.js answered 404")]
    [InlineData("fetch('/api/broken')", "/api/broken answered 500")]
    public async Task A_page_that_does_what_no_page_may_is_complained_about(string script, string complaint)
    {
        var visit = new Visit(portal, new());
        var page = await EmptyPageAsync(visit);
        await page.EvaluateAsync($"() => {{ {script} }}");
        await Eventually.BecomesAsync(() => Task.FromResult(string.Join('\n', visit.Guard.Complaints)), complaints => complaints.Contains(complaint, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        await visit.EndAsync();
    }

    [Fact]
    public async Task A_refusal_by_the_API_and_a_connection_that_is_gone_are_no_faults_of_the_page()
    {
        var visit = new Visit(portal, new());
        var page = await EmptyPageAsync(visit);
        await page.EvaluateAsync("() => fetch('/api/refused')");
        await page.GoOfflineAsync();
        await page.EvaluateAsync("() => fetch('/api/gone').catch(() => {})");
        await visit.EndAsync();
        Assert.Empty(visit.Guard.Complaints);
    }

    [Fact]
    public async Task A_picture_without_words_and_a_field_without_a_label_are_violations()
    {
        var visit = new Visit(portal, new());
        var page = await EmptyPageAsync(visit);
        Assert.Empty(await page.ViolationsAsync());
        await page.EvaluateAsync("() => { document.querySelector('main').innerHTML = '<h1>Page</h1><img src=\"/picture\"><input>'; }");
        Assert.Equal(["image-alt", "label"], (await page.ViolationsAsync()).Select(v => v.Split(':')[0]).Order());
        await visit.EndAsync();
    }

    /// <summary>At the gateway's address, with a content policy as strict as the portal's, and nothing in it.</summary>
    private static async Task<IPage> EmptyPageAsync(Visit visit)
    {
        var page = await visit.NowhereYetAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(new Uri(route.Request.Url).AbsolutePath switch
        {
            "/" => new() { ContentType = "text/html", Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Policy, ["Content-Type"] = "text/html" }, Body = "<!doctype html><html lang='en'><title>Page</title><link rel='icon' href='/picture'><main><h1>Page</h1></main>" },
            "/picture" => new() { ContentType = "image/svg+xml", Body = "<svg xmlns='http://www.w3.org/2000/svg'/>" },
            "/api/refused" => new() { Status = 409 },
            "/api/broken" => new() { Status = 500 },
            _ => new() { Status = 404 },
        }));
        await page.GotoAsync("/");
        return page;
    }
}
