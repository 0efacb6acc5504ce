using System.Globalization;
using System.Text.Json;

namespace BetterConnections.Inventory.Wipes;

/// <summary>
/// What eReuse's workbench-script (0.0.1 and its legacy form) says of a computer. Null is what the tools inside it
/// (smartctl, dmidecode) did not find; the snapshot's own erase list is always empty in that version and not read.
/// </summary>
/// <param name="TakenAt">Local time of the computer; the snapshot has no zone.</param>
public sealed record WorkbenchSnapshot(
    Guid Uuid, string? Software, string? Version, DateTime? TakenAt, string? OperatorId,
    string? Manufacturer, string? Model, string? Serial, string? Cpu, decimal? MemoryGb,
    IReadOnlyList<WorkbenchDisk> Disks)
{
    /// <exception cref="SnapshotNotValid">Not JSON, not a snapshot, or without a uuid.</exception>
    public static WorkbenchSnapshot Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "Snapshot" || !root.TryGetProperty("data", out var data)
                || data.ValueKind != JsonValueKind.Object)
                throw new SnapshotNotValid("This is not a Workbench snapshot: it needs \"type\": \"Snapshot\" and \"data\".");
            if (!Guid.TryParse(Text(root, "uuid"), out var uuid))
                throw new SnapshotNotValid("The snapshot has no valid uuid, by which it would be known when it is sent again.");

            var dmi = new DmidecodeText(Text(data, "dmidecode") ?? "");
            return new WorkbenchSnapshot(uuid, Text(root, "software"), Text(root, "version"), Time(Text(root, "timestamp")), Text(root, "operator_id"),
                dmi.Value("System Information", "Manufacturer"), dmi.Value("System Information", "Product Name"),
                dmi.Value("System Information", "Serial Number"), dmi.Value("Processor Information", "Version"), dmi.MemoryGb,
                [.. WorkbenchDisk.Of(data)]);
        }
        catch (JsonException notJson)
        {
            throw new SnapshotNotValid("The snapshot is not JSON.", notJson);
        }
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;

    private static DateTime? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.DateTime : null;
}

/// <summary>The text is no Workbench snapshot.</summary>
public sealed class SnapshotNotValid(string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public string Code => "snapshot_not_valid";
}
