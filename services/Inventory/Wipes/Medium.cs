using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Wipes;

/// <summary>A disk known to be in a device, from a snapshot or a wipe record; by its serial nwipe's log finds the device.</summary>
public sealed class Medium
{
    public Guid Id { get; init; }
    /// <summary>Where it was last seen; disks move.</summary>
    public Guid DeviceId { get; set; }
    /// <summary>Trimmed and upper case, as <see cref="Device.NormaliseSerial"/>.</summary>
    public required string Serial { get; init; }
    public StorageKind Type { get; set; }
    public string? Model { get; set; }
    public long? Bytes { get; set; }
}

public static class Media
{
    /// <summary>The worst standing of the device's media, by the latest record of each; a medium without a record is Missing.</summary>
    /// <param name="serials">The media known to be in the device.</param>
    /// <param name="wipes">Its records since triage, oldest first.</param>
    public static WipeStanding Standing(IReadOnlyCollection<string> serials, IEnumerable<Wipe> wipes)
    {
        var latest = new Dictionary<string, WipeStanding>();
        // A record without a serial can only mean the one medium there is.
        var only = serials.Count == 1 ? serials.Single() : "";
        foreach (var wipe in wipes) latest[wipe.MediaSerial ?? only] = wipe.Standing;
        return serials.Select(serial => latest.GetValueOrDefault(serial, WipeStanding.Missing)).Concat(latest.Values).DefaultIfEmpty(WipeStanding.Missing).Min();
    }
}
