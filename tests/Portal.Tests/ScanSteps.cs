namespace BetterConnections.Portal.Tests;

/// <summary>What hands with a scanner do.</summary>
public static class ScanSteps
{
    public static async Task ToStationAsync(this IPage page, string step)
    {
        await page.GotoAsync($"/scan?step={step}");
        await Expect(page.Locator("#scan")).ToBeFocusedAsync(); // the hand on the scanner need not touch anything
    }

    /// <summary>As a scanner does: types into whatever has the focus, as fast as a keyboard can, and ends with Enter.</summary>
    public static async Task BeepAsync(this IPage page, Device device)
    {
        await page.Keyboard.TypeAsync(device.Barcode);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Thin clients, which have nothing to wipe.</summary>
    public static async Task<IReadOnlyList<Device>> RegisterAsync(this Person warehouse, int count)
    {
        var devices = new List<Device>();
        while (devices.Count < count) devices.Add(await warehouse.RegisterAsync("Desktop", $"P{Guid.NewGuid():n}"));
        return devices;
    }
}
