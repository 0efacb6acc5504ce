namespace BetterConnections.Portal.Tests;

/// <summary>What is for other roles.</summary>
public class ForeignPageTests(Portal portal) : PortalTest(portal)
{
    [Theory, MemberData(nameof(Routes.Everybody), MemberType = typeof(Routes))]
    public async Task Who_lacks_the_role_gets_nothing_of_a_page(string? role)
    {
        var foreign = await Task.WhenAll((await Routes.AllAsync()).Where(r => !r.IsFor(role)).Select(r => Examples.OfAsync(r, Whole)));
        var page = await OnDesktop().AsAnybodyAsync(role);
        var traffic = new Traffic(page);
        await Expect(page.Heading()).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle); // what their own start asks for, also by scripts that come late
        traffic.Forget();

        // One is opened by its address. The others by a link would be, without loading the portal anew each time: the same guard of the router answers.
        await page.GotoAsync(foreign[0]);
        await Expect(page.Heading()).ToBeVisibleAsync();
        Assert.Equal(Instead(role, foreign[0]), await page.EvaluateAsync<string>("location.pathname + location.search"));
        var ended = await page.EvaluateAsync<string[]>("""
            async (addresses) => {
                const ended = [];
                for (const address of addresses) {
                    history.pushState(null, '', address);
                    dispatchEvent(new PopStateEvent('popstate'));
                    for (const until = performance.now() + 5000; location.pathname === address && performance.now() < until;) await new Promise(requestAnimationFrame);
                    ended.push(location.pathname + location.search);
                }
                return ended;
            }
            """, foreign);
        Assert.Equal(foreign.Select(address => Instead(role, address)), ended);
        await traffic.EndsAsync();
        Assert.DoesNotContain(traffic.Asked, path => path.StartsWith("/api/", StringComparison.Ordinal));
    }

    private static string Instead(string? role, string address) => role is null ? $"/sign-in?returnTo={address}" : "/not-yours";
}
