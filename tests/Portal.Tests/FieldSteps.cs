using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A facility on its way, with an employer of its own.</summary>
public sealed record Ground(Person Employer, Guid Facility, string Code);

/// <summary>How far tests of the field need a facility to be, and what browsers keep of the work there.</summary>
public static class FieldSteps
{
    /// <summary>The employer may work on the room.</summary>
    public static async Task<Ground> AssessedFacilityAsync(this WholeSystem system, string site = "Lusail Camp 7")
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        var facility = await employer.ApplyAsync(await employer.AddSiteAsync(site, facilities: 1));
        await system.Office.AssessNeedsAsync(facility.Id);
        return new(employer, facility.Id, facility.Code);
    }

    /// <summary>The kit is on its way to it.</summary>
    public static async Task<(Ground Ground, Guid Shipment, IReadOnlyList<Device> Devices)> DispatchedKitAsync(this WholeSystem system, Guid? receiver = null)
    {
        var (ground, warehouse) = (await system.AssessedFacilityAsync(), await system.Staff.WarehouseAsync());
        await ground.Employer.PrepareSpaceAsync(system.Office, ground.Facility);
        await system.Office.DeclareSpaceReadyAsync(ground.Facility);
        await warehouse.StockKitForAsync(system.Office, ground.Facility);
        var (shipment, devices) = await warehouse.DispatchAsync(ground.Facility, receiver);
        return (ground, shipment, devices);
    }

    public static async Task<Ground> OpenFacilityAsync(this WholeSystem system)
    {
        var (ground, shipment, devices) = await system.DispatchedKitAsync();
        await (await system.Staff.WarehouseAsync()).ReceiveAsync(shipment, devices);
        await system.Office.BecomesAsync(ground.Facility, "KitDelivered");
        await system.Office.OpenAsync(ground.Facility);
        return ground;
    }

    public static Task<Guid> AccountAsync(this Books books, Person person) => books.OneAsync<Guid>("identity", $"select id from accounts where user_name = '{person.UserName}'");

    /// <summary>What this browser keeps in IndexedDB, of whichever account.</summary>
    /// <param name="page">Anywhere in the portal.</param>
    /// <param name="store"><c>kept</c>, copies of what was read, or <c>outbox</c>, what is still to be sent.</param>
    public static Task<string[]> StoredAsync(this IPage page, string store) => page.EvaluateAsync<string[]>("""
        async (store) => {
            // Opening it before the page does would make one without stores.
            if (!(await indexedDB.databases()).some((d) => d.name === 'portal')) return [];
            return await new Promise((done, failed) => {
                const opening = indexedDB.open('portal');
                opening.onerror = failed;
                opening.onsuccess = () => {
                    const reading = opening.result.transaction(store).objectStore(store).getAll();
                    reading.onsuccess = () => { opening.result.close(); done(reading.result.map((r) => r.name ?? r.label)); };
                };
            });
        }
        """, store);

    /// <summary>The disk takes nothing more from now on, or no photo more, until the page says <c>full = false</c>.</summary>
    public static Task FillDiskAsync(this IPage page, bool forPhotosOnly = false) => page.AddInitScriptAsync($$"""
        const add = IDBObjectStore.prototype.add;
        window.full = true;
        IDBObjectStore.prototype.add = function (...entry) {
            if (window.full && ({{(forPhotosOnly ? "false" : "true")}} || (this.name === 'outbox' && entry[0].file))) throw new DOMException('The disk is full.', 'QuotaExceededError');
            return add.apply(this, entry);
        };
        """);

    /// <summary>What the page posts there waits on its way, as on a bad line, until it is let go.</summary>
    public static async Task<(Task Posted, Action LetGo)> HoldPostsAsync(this IPage page, string path)
    {
        var (posted, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync($"**{path}", async route =>
        {
            if (route.Request.Method == HttpMethod.Post.Method)
            {
                posted.TrySetResult();
                await letGo.Task;
            }
            await route.ContinueAsync();
        });
        return (posted.Task, letGo.SetResult);
    }

    /// <summary>Until the page has read ahead what its name says.</summary>
    public static Task KeepsAsync(this IPage page, string name) =>
        Eventually.BecomesAsync(() => page.StoredAsync("kept"), kept => kept.Contains(name), TimeSpan.FromSeconds(60));

    /// <summary>The service worker has what the page needs to open without a connection.</summary>
    public static async Task IsInstalledAsync(this IPage page) => await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
}
