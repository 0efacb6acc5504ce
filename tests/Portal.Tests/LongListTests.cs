using System.Text.Json;

namespace BetterConnections.Portal.Tests;

/// <summary>A list as long as the programme's stock will be.</summary>
public class LongListTests(Portal portal) : PortalTest(portal)
{
    private const int Many = 20_000, Few = 500;

    /// <summary>About two windows of them, however long the list is.</summary>
    private const int MostRowsInPage = 120;

    [Fact]
    public async Task A_list_of_20000_devices_is_scrolled_to_its_end_and_each_stands_there_once_while_only_those_in_sight_are_in_the_page()
    {
        var (page, place) = await OpenAsync(OnDesktop(), Many);
        var way = await page.ScrollThroughAsync();

        var held = await Books.ColumnAsync<string>("inventory", $"select barcode from devices where location_id = '{place}' order by number desc");
        Assert.Equal(Many, held.Count);
        Assert.Equal(held, way.Barcodes);
        Assert.True(way.MostRows <= MostRowsInPage, $"{way.MostRows} rows were in the page at once");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = held[^1], Exact = true })).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToHaveAttributeAsync("aria-rowcount", $"{Many + 1}");
        await page.HasNoViolationsAsync();
    }

    [Fact]
    public async Task On_a_phone_in_Arabic_its_cards_are_scrolled_to_the_end_and_back()
    {
        var (page, place) = await OpenAsync(OnPhone().InArabic(), Few);
        await page.SetViewportSizeAsync(320, 640);
        var down = await page.ScrollThroughAsync();
        var up = await page.ScrollThroughAsync(up: true);

        var held = await Books.ColumnAsync<string>("inventory", $"select barcode from devices where location_id = '{place}' order by number desc");
        Assert.Equal(held, down.Barcodes);
        Assert.Equal(held, up.Barcodes);
        Assert.True(Math.Max(down.MostRows, up.MostRows) <= MostRowsInPage);
        Assert.Equal(0, await page.SidewaysAsync());
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("long-list");
    }

    [Fact]
    public async Task Who_goes_by_the_keyboard_keeps_the_place_when_the_list_is_scrolled_away()
    {
        var (page, _) = await OpenAsync(OnDesktop(), Few);
        var links = page.Locator("tbody a");
        var (third, fourth) = (await links.Nth(2).InnerTextAsync(), await links.Nth(3).InnerTextAsync());
        await links.Nth(2).FocusAsync();
        await page.ScrollThroughAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = fourth })).ToHaveCountAsync(0);

        await Expect(page.Locator(":focus")).ToHaveTextAsync(third);
        await page.EvaluateAsync("scrollTo(0, 0)");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = fourth })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync(fourth);
    }

    [Fact]
    public async Task A_page_that_could_not_be_read_is_read_when_the_reader_asks_again_and_none_is_left_out()
    {
        var (page, place) = await OpenAsync(OnDesktop(), Few);
        await page.Context.RouteAsync("**/api/inventory/devices?*after=*", route => route.AbortAsync("internetdisconnected"));
        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Context.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();

        await page.EvaluateAsync("scrollTo(0, 0)");
        var way = await page.ScrollThroughAsync();
        Assert.Equal(await Books.ColumnAsync<string>("inventory", $"select barcode from devices where location_id = '{place}' order by number desc"), way.Barcodes);
    }

    /// <summary>The devices of a place of their own. Monitors, which no kit takes; with labels that nobody scans.</summary>
    private async Task<(IPage Page, Guid Place)> OpenAsync(Visit visit, int devices)
    {
        var warehouse = await Staff.WarehouseAsync();
        var place = await warehouse.OpenWarehouseAsync();
        await Books.OneAsync<long>("inventory", $"""
            with added as (
                insert into devices (id, number, barcode, kind, serial, manufacturer, model, storage, state, state_since, location_id, received_at, history_length, wipe, wipe_waived)
                select gen_random_uuid(), n, 'LIST-' || n, 'Monitor', 'L' || n, 'Dell', 'P2419H', 'None', 'InStock', now(), '{place}', now(), 1, 'Missing', false
                from (select nextval('device_numbers') n from generate_series(1, {devices})) numbers
                returning *),
            told as (
                insert into device_events (device_id, seq, at, by, why, kind, from_state, to_state, from_location_id, to_location_id)
                select id, 1, received_at, 'a long list', 'registered', kind, null, state, null, location_id from added returning id)
            select count(*) from told
            """);
        var page = await visit.InABrowserOfItsOwn().AsAsync(warehouse);
        await page.GotoAsync($"/stock?place={place}");
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        return (page, place);
    }
}

internal static class ScrollSteps
{
    /// <param name="Barcodes">By the place that each row says it has.</param>
    internal sealed record Way(IReadOnlyList<string> Barcodes, int MostRows);

    /// <summary>Window by window to the list's end, or back to its beginning; what stood in the page on the way.</summary>
    internal static async Task<Way> ScrollThroughAsync(this IPage page, bool up = false)
    {
        var way = await page.EvaluateAsync<JsonElement>("""
            async (up) => {
                const table = document.querySelector('.data-table table'), seen = new Map(), until = performance.now() + 300_000;
                let most = 0;
                const isThere = () => up ? scrollY === 0 : table.getAttribute('aria-rowcount') !== '-1' && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
                for (let there = 0; there < 3;) { // the end has come when it stays: its rows may turn out to be higher
                    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
                    const rows = table.querySelectorAll('tbody tr');
                    most = Math.max(most, rows.length);
                    for (const row of rows) {
                        const place = Number(row.getAttribute('aria-rowindex')), barcode = row.querySelector('a').textContent;
                        if (seen.has(place) && seen.get(place) !== barcode) throw new Error(`place ${place} was ${seen.get(place)} and is ${barcode}`);
                        seen.set(place, barcode);
                    }
                    if (performance.now() > until) throw new Error(`came only to row ${Math.max(...seen.keys())}`);
                    there = isThere() ? there + 1 : 0;
                    scrollBy(0, up ? -innerHeight : innerHeight);
                }
                const places = [...seen.keys()].sort((a, b) => a - b);
                if (places.some((place, i) => place !== i + 2)) throw new Error(`rows were left out: ${places.length} places up to ${places.at(-1)}`);
                return { barcodes: places.map((p) => seen.get(p)), most };
            }
            """, up);
        return new([.. way.GetProperty("barcodes").EnumerateArray().Select(b => b.GetString()!)], way.GetProperty("most").GetInt32());
    }
}
