namespace BetterConnections.Inventory;

/// <summary>
/// What another country would set differently; section <c>Programme</c>. Lists are taken by the constructor because the
/// configuration binder would append to a property's default instead of replacing it.
/// </summary>
public sealed class ProgrammeSettings(IReadOnlyList<string>? refurbishmentChecks = null)
{
    /// <summary>Upper-case letters before the number in every barcode.</summary>
    public string BarcodePrefix { get; init; } = "BC";
    /// <summary>ISO 4217 code of book values.</summary>
    public string Currency { get; init; } = "QAR";
    /// <summary>Years after purchase from which a computer is proposed for replacement.</summary>
    public int ReplaceAfterYears { get; init; } = 10;
    /// <summary>Bytes of the largest manifest that a donor may upload.</summary>
    public long LargestManifest { get; init; } = 50 * 1024 * 1024;
    /// <summary>Faults in use within a year from which a device is proposed for replacement.</summary>
    public int ReplaceAfterFaultsInAYear { get; init; } = 2;
    /// <summary>Address under which everybody reaches the system, put before the barcode in QR codes; empty: they hold the barcode alone.</summary>
    public string PublicUrl { get; init; } = "";
    /// <summary>What the programme calls itself on certificates.</summary>
    public string Name { get; init; } = "Better Connections";
    /// <summary>IANA name; the zone of bench machines whose logs write local time, and of days that people read.</summary>
    public string TimeZone { get; init; } = "Asia/Qatar";

    /// <summary>What a club looks at on every device.</summary>
    public IReadOnlyList<string> RefurbishmentChecks { get; } = refurbishmentChecks ?? ["power", "screen", "keyboard", "memory", "disk", "network", "cleaned"];

    /// <summary>The day by the programme's clocks.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>The start of addresses handed to others; where none is set, the one this caller used.</summary>
    public string PublicAddress(HttpRequest request) => PublicUrl.Length > 0 ? PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
}
