using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>What tests of all rooms do with a page.</summary>
public static class PageSteps
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Clients.Repository, "tests/clients/node_modules/axe-core/axe.min.js"));

    /// <summary>Where pictures go: beside the tests' program, or where BC_SCREENS says, seen from the repository.</summary>
    private static readonly string Screens = Environment.GetEnvironmentVariable("BC_SCREENS") is { Length: > 0 } folder
        ? Path.GetFullPath(folder, Clients.Repository)
        : Path.Combine(AppContext.BaseDirectory, "screens");

    /// <summary>The whole page as a picture, to be looked at by people: <c>name-en-390-light.png</c>.</summary>
    public static async Task LooksLikeAsync(this IPage page, string name)
    {
        var look = await page.EvaluateAsync<string>("`${document.documentElement.lang}-${innerWidth}-${matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'}`");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screens, $"{name}-{look}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>WCAG 2.2 at level AA, as far as a program can judge it.</summary>
    public static async Task HasNoViolationsAsync(this IPage page)
    {
        var all = string.Join("\n", await page.ViolationsAsync());
        Assert.True(all == "", all); // whole, as Assert.Empty would not show it
    }

    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
                .violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
            """);
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>How many pixels of the page lie beside the window.</summary>
    public static async Task<int> SidewaysAsync(this IPage page) =>
        await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public static Task GoOfflineAsync(this IPage page) => page.Context.SetOfflineAsync(true);

    public static Task GoOnlineAsync(this IPage page) => page.Context.SetOfflineAsync(false);

    /// <summary>How many forms are kept that were begun and not sent.</summary>
    public static Task<int> DraftsAsync(this IPage page) => page.EvaluateAsync<int>("Object.keys(localStorage).filter((key) => key.startsWith('draft ')).length");

    /// <summary>The page's one heading, which is there when the page is.</summary>
    public static ILocator Heading(this IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>Fills in the form for signing in, in any language, and sends it.</summary>
    public static async Task FillInAsync(this IPage page, string userName, string password)
    {
        await page.Locator("input[autocomplete=username]").FillAsync(userName);
        await page.Locator("input[autocomplete=current-password]").FillAsync(password);
        await page.Locator("main form [type=submit]").ClickAsync();
    }

    /// <summary>Larger than a slow connection should have to carry: noise, which no format makes small.</summary>
    public static async Task<byte[]> LargePhotoAsync(this IPage page) => Convert.FromBase64String((await page.EvaluateAsync<string>("""
        () => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [1800, 900];
            const context = canvas.getContext('2d'), noise = context.createImageData(1800, 900);
            for (let i = 0; i < noise.data.length; i += 65536) crypto.getRandomValues(noise.data.subarray(i, i + 65536));
            for (let i = 3; i < noise.data.length; i += 4) noise.data[i] = 255;
            context.putImageData(noise, 0, 0);
            return canvas.toDataURL('image/png');
        }
        """)).Split(',')[1]);
}
