namespace BetterConnections.Portal.Tests;

/// <summary>Where pages are opened whose address has parameters: at something that is there. A room with such a page adds a line.</summary>
public static class Examples
{
    private static readonly Dictionary<string, Func<WholeSystem, Task<string>>> ByPath = new()
    {
        ["/register/:role(employer|volunteer)"] = _ => Task.FromResult("/register/volunteer"),
        ["/devices/:barcode"] = async system => $"/devices/{await BarcodeAsync(system)}",
        ["/guides/:audience(employers|volunteers)"] = _ => Task.FromResult("/guides/employers"),
        ["/office/facilities/:key"] = async system => $"/office/facilities/{(await system.AppliedForAsync()).Id}",
        ["/office/donations/:key"] = async system => $"/office/donations/{(await system.GivenByDonorAsync()).Donation}",
        ["/office/devices/:key"] = async system => $"/office/devices/{await BarcodeAsync(system)}",
        ["/office/figures/:key"] = _ => Task.FromResult("/office/figures/facilities-opened"),
        ["/:rest(.*)*"] = _ => Task.FromResult("/a/page/that/is/not"),
    };

    /// <summary>An address of the route.</summary>
    public static Task<string> OfAsync(Route route, WholeSystem system) =>
        ByPath.TryGetValue(route.Path, out var example) ? example(system)
        : route.Path.Contains(':') ? throw new InvalidOperationException($"{route.Path} has a parameter. Say in Examples.cs where it can be opened.")
        : Task.FromResult(route.Path);

    private static async Task<string> BarcodeAsync(WholeSystem system) => (await (await system.Staff.WarehouseAsync()).RegisterAsync("Desktop", $"E{Guid.NewGuid():n}")).Barcode;
}
