using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>What holds for every page of every room, whoever made it. That no word is missing and nothing fails there, <see cref="Guard"/> sees.</summary>
public partial class EveryPageTests(Portal portal) : PortalTest(portal)
{
    private const int Narrow = 320, Wide = 1440, Height = 900;

    /// <summary>All roles, and null for who is not signed in.</summary>
    public static TheoryData<string?> Everybody => new((string?[])[null, .. Roles.All]);

    [Theory, MemberData(nameof(Everybody))]
    public async Task Every_page_is_accessible_and_fits_in_both_languages_narrow_and_wide_in_dark_and_light(string? role)
    {
        // Who is signed in opens what others cannot, and the start, which is everybody's own.
        var mine = (await Routes.AllAsync()).Where(r => r.IsFor(role) && (role is null || r.Path == "/" || r.Roles is { Count: > 0 })).ToList();
        var faults = await Task.WhenAll(
            FaultsAsync(await VisitAsync(OnDesktop(), role), "en ltr", mine, (Narrow, Wide), ColorScheme.Light),
            FaultsAsync(await VisitAsync(OnDesktop().InArabic(), role), "ar rtl", mine, (Wide, Narrow), ColorScheme.Dark));
        Assert.Empty(faults.SelectMany(f => f));
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Who_lacks_the_role_gets_nothing_of_a_page(string? role)
    {
        var page = await VisitAsync(OnDesktop(), role);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle); // what their own start asks for
        foreach (var route in (await Routes.AllAsync()).Where(r => !r.IsFor(role)))
        {
            var asked = new List<string>();
            void Note(object? _, IRequest request) => asked.Add(new Uri(request.Url).AbsolutePath);
            page.Request += Note;
            await page.GotoAsync(await Examples.OfAsync(route, Whole), new() { WaitUntil = WaitUntilState.NetworkIdle });
            page.Request -= Note;

            await Expect(page).ToHaveURLAsync(role is null ? SignIn() : NotYours());
            await Expect(page.Heading()).ToBeVisibleAsync();
            Assert.DoesNotContain(asked, path => path.StartsWith("/api/", StringComparison.Ordinal));
        }
    }

    private static Task<IPage> VisitAsync(Visit visit, string? role) => role is null ? visit.SignedOutAsync() : visit.AsAsync(role);

    private async Task<IEnumerable<string>> FaultsAsync(IPage page, string spoken, IEnumerable<Route> routes, (int Before, int After) widths, ColorScheme colors)
    {
        var faults = new List<string>();
        await page.EmulateMediaAsync(new() { ColorScheme = colors });
        foreach (var route in routes)
        {
            await page.GotoAsync(await Examples.OfAsync(route, Whole), new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Expect(page.Heading()).ToBeVisibleAsync();
            foreach (var width in (int[])[widths.Before, widths.After])
            {
                await page.SetViewportSizeAsync(width, Height);
                if (await page.SidewaysAsync() is > 0 and var pixels) faults.Add($"{route.Path} ({spoken}, {width}): {pixels} pixels lie beside the window");
            }
            faults.AddRange((await page.ViolationsAsync()).Select(v => $"{route.Path} ({spoken}, {widths.After}, {colors}): {v}"));
            var found = await page.EvaluateAsync<string>("`${document.documentElement.lang} ${document.documentElement.dir}`");
            if (found != spoken) faults.Add($"{route.Path}: is {found}, not {spoken}");
        }
        return faults;
    }

    [GeneratedRegex(@"/sign-in\?returnTo=")]
    private static partial Regex SignIn();

    [GeneratedRegex("/not-yours$")]
    private static partial Regex NotYours();
}
