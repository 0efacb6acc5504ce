namespace BetterConnections.Portal.Tests;

/// <summary>What holds for every page of every room, whoever made it. That no word is missing and nothing fails there, <see cref="Guard"/> sees.</summary>
public class EveryPageTests(Portal portal) : PortalTest(portal)
{
    private const int Narrow = 320, Wide = 1440, Widest = 3840, Height = 900;

    [Theory, MemberData(nameof(Routes.Everybody), MemberType = typeof(Routes))]
    public async Task Every_page_is_accessible_and_fits_in_both_languages_narrow_and_wide_in_dark_and_light(string? role)
    {
        // Who is signed in opens what others cannot, and the start, which is everybody's own.
        var mine = (await Routes.AllAsync()).Where(r => r.IsFor(role) && (role is null || r.Path == "/" || r.Roles is { Count: > 0 }));
        var addresses = await Task.WhenAll(mine.Select(r => Examples.OfAsync(r, Whole)));
        var faults = await Task.WhenAll(
            FaultsAsync(OnDesktop(), role, "en ltr", addresses, [Narrow, Widest, Wide], ColorScheme.Light),
            FaultsAsync(OnDesktop().InArabic(), role, "ar rtl", addresses, [Wide, Widest, Narrow], ColorScheme.Dark));
        var all = string.Join("\n", faults.SelectMany(f => f));
        Assert.True(all == "", all);
    }

    /// <param name="widths">The page is looked at by axe at the last of them.</param>
    private static async Task<List<string>> FaultsAsync(Visit visit, string? role, string spoken, IReadOnlyList<string> addresses, IReadOnlyList<int> widths, ColorScheme colors)
    {
        var faults = new List<string>();
        var page = await visit.AsOwnerAsync(role);
        var traffic = new Traffic(page);
        await page.EmulateMediaAsync(new() { ColorScheme = colors });
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await Expect(page.Heading()).ToBeVisibleAsync();
            await traffic.EndsAsync();
            if (await page.GetByRole(AriaRole.Alert).CountAsync() > 0) faults.Add($"{address} ({spoken}): {await page.GetByRole(AriaRole.Alert).First.InnerTextAsync()}");
            foreach (var width in widths)
            {
                await page.SetViewportSizeAsync(width, Height);
                if (await page.SidewaysAsync() is > 0 and var pixels) faults.Add($"{address} ({spoken}, {width}): {pixels} pixels lie beside the window");
            }
            faults.AddRange((await page.ViolationsAsync()).Select(v => $"{address} ({spoken}, {widths[^1]}, {colors}): {v}"));
            var found = await page.EvaluateAsync<string>("`${document.documentElement.lang} ${document.documentElement.dir}`");
            if (found != spoken) faults.Add($"{address}: is {found}, not {spoken}");
        }
        return faults;
    }
}
