using System.Globalization;
using System.Net;

namespace BetterConnections.Portal.Tests;

/// <summary>Somebody comes to the portal with a browser of their own, so that nothing of another visit is in it.</summary>
public sealed class Visit(Portal portal, BrowserNewContextOptions options)
{
    private IBrowserContext? _context;
    private IBrowser? _browser;
    private bool _alone;

    public Guard Guard { get; } = new(portal.System.Gateway);

    public Visit InArabic() => With(o => o.Locale = "ar-QA");

    public Visit InUrdu() => With(o => o.Locale = "ur-PK");

    public Visit InTheDark() => With(o => o.ColorScheme = ColorScheme.Dark);

    /// <summary>Where what a service worker keeps would spoil a measurement.</summary>
    public Visit WithoutServiceWorker() => With(o => o.ServiceWorkers = ServiceWorkerPolicy.Block);

    /// <inheritdoc cref="Portal.LaunchAsync"/>
    public Visit InABrowserOfItsOwn()
    {
        _alone = true;
        return this;
    }

    /// <summary>Complaints that hold one of these words are the test's own doing.</summary>
    public Visit Permitting(params string[] words)
    {
        Guard.Permitted = words;
        return this;
    }

    private Visit With(Action<BrowserNewContextOptions> change)
    {
        change(options);
        return this;
    }

    /// <summary>An empty page; the test goes where it wants.</summary>
    public async Task<IPage> NowhereYetAsync()
    {
        options.BaseURL = portal.System.Gateway.ToString();
        options.Locale ??= "en-GB";
        options.TimezoneId = "Asia/Qatar";
        if (_alone) _browser = await portal.LaunchAsync();
        _context = await (_browser ?? portal.Browser).NewContextAsync(options);
        Guard.Watch(_context);
        return await _context.NewPageAsync();
    }

    public async Task<IPage> SignedOutAsync()
    {
        var page = await NowhereYetAsync();
        await page.GotoAsync("/");
        return page;
    }

    /// <param name="role">Null for who is not signed in.</param>
    public Task<IPage> AsAnybodyAsync(string? role) => role is null ? SignedOutAsync() : AsAsync(role);

    /// <summary>Like that, but somebody to whom the examples of a role's pages belong.</summary>
    public async Task<IPage> AsOwnerAsync(string? role) => role is null ? await SignedOutAsync() : await AsAsync(await Examples.OwnerAsync(role, portal));

    public async Task<IPage> AsAsync(string role) => await AsAsync(await portal.SomebodyAsync(role));

    /// <summary>At home, signed in already. By a request instead of the form, which has tests of its own.</summary>
    public async Task<IPage> AsAsync(Person person)
    {
        var page = await NowhereYetAsync();
        await SignInAsync(page.Context.APIRequest, person);
        await page.GotoAsync("/");
        return page;
    }

    private static async Task SignInAsync(IAPIRequestContext http, Person person)
    {
        while (true)
        {
            var view = await (await http.GetAsync("/session")).JsonAsync();
            var answer = await http.PostAsync("/session", new()
            {
                DataObject = new { userName = person.UserName, password = person.Password },
                Headers = new Dictionary<string, string> { ["X-Form-Token"] = view!.Value.GetProperty("formToken").GetString()! },
            });
            if (answer.Ok) return;
            // All tests come from one address, and the gateway limits how fast one may try passwords.
            Assert.True(answer.Status == (int)HttpStatusCode.TooManyRequests, $"POST /session answered {answer.Status}: {await answer.TextAsync()}");
            await Task.Delay(TimeSpan.FromSeconds(int.Parse(answer.Headers["retry-after"], CultureInfo.InvariantCulture)));
        }
    }

    public async Task EndAsync()
    {
        if (_context is not null) await _context.CloseAsync();
        if (_browser is not null) await _browser.DisposeAsync();
    }
}
