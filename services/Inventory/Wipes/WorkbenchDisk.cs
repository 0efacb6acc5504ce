using System.Text.Json;

namespace BetterConnections.Inventory.Wipes;

/// <summary>A disk as smartctl sees it.</summary>
/// <param name="CapacityBytes">The user's capacity.</param>
/// <param name="RotationRpm">0 for a solid-state disk, null where the disk does not say.</param>
/// <param name="IsHealthy">SMART's own overall verdict.</param>
public sealed record WorkbenchDisk(
    string? Device, string? Model, string? Serial, long? CapacityBytes, int? RotationRpm, bool? IsSolidState, string? Protocol, bool? IsHealthy)
{
    /// <summary>
    /// The disks of a snapshot's data. workbench-script puts smartctl's list into a string, with --disk as a plain list;
    /// its legacy form names it smart; a disk whose smartctl failed is an empty string or has no model, and is left out.
    /// </summary>
    internal static IEnumerable<WorkbenchDisk> Of(JsonElement data)
    {
        if (!data.TryGetProperty("smartctl", out var smart) && !data.TryGetProperty("smart", out smart)) yield break;
        using var unpacked = smart.ValueKind == JsonValueKind.String ? Unpack(smart.GetString()!) : null;
        if (unpacked is not null) smart = unpacked.RootElement;
        var disks = smart.ValueKind switch
        {
            JsonValueKind.Array => smart.EnumerateArray().ToList(),
            JsonValueKind.Object => [smart],
            _ => [],
        };
        foreach (var disk in disks)
            if (Disk(disk) is { } read) yield return read;
    }

    private static JsonDocument? Unpack(string text)
    {
        // The tool writes an empty string where it could not run smartctl, and cut-off text where it crashed.
        try { return JsonDocument.Parse(text); }
        catch (JsonException) { return null; }
    }

    private static WorkbenchDisk? Disk(JsonElement disk)
    {
        var model = WorkbenchSnapshot.Text(disk, "model_name") ?? WorkbenchSnapshot.Text(disk, "scsi_model_name");
        var serial = WorkbenchSnapshot.Text(disk, "serial_number");
        if (model is null && serial is null) return null;
        var device = Child(disk, "device");
        var protocol = WorkbenchSnapshot.Text(device, "protocol");
        var rotation = Number(disk, "rotation_rate");
        return new WorkbenchDisk(WorkbenchSnapshot.Text(device, "name"), model, serial,
            Number(Child(disk, "user_capacity"), "bytes") ?? Number(disk, "nvme_total_capacity"),
            (int?)rotation, protocol == "NVMe" ? true : rotation is { } rpm ? rpm == 0 : null, protocol,
            Child(disk, "smart_status") is { ValueKind: JsonValueKind.Object } status && status.TryGetProperty("passed", out var passed)
                && passed.ValueKind is JsonValueKind.True or JsonValueKind.False ? passed.GetBoolean() : null);
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static long? Number(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;
}
