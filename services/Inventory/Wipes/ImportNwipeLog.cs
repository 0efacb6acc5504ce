using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

/// <param name="Drive">nwipe's name of it, such as sda.</param>
/// <param name="Result">Null barcode and <c>drive_unmatched</c> where no device is known to hold the drive.</param>
public sealed record DriveResult(string Drive, string? Model, NwipeStatus NwipeStatus, WipeResult Result);

public sealed record NwipeReport(int Done, int Refused, IReadOnlyList<DriveResult> Drives);

public static class ImportNwipeLog
{
    private const int LargestLog = 16 * 1024 * 1024;

    /// <summary>
    /// The text log as the body. A drive belongs to the device that its serial was last seen in, or else to
    /// <paramref name="barcode"/>, the one machine on the bench. A drive of neither is named in the answer: import the
    /// same log again once the device is known, for what is recorded already is not recorded twice.
    /// </summary>
    /// <param name="method">What the operator claims the overwriting to be; the log cannot know. Clear where it is left out.</param>
    public static async Task<NwipeReport> Handle(string? barcode, WipeMethod? method, InventoryDb db, ProgrammeSettings programme, WipeRecording recording,
        HttpContext http, CancellationToken cancel)
    {
        var drives = NwipeLog.Parse(await http.Request.ReadTextAsync(LargestLog, cancel));
        if (drives.Count == 0) throw new BadInput("not_an_nwipe_log", "This text has no drive that nwipe wiped.");

        var serials = drives.Select(d => Device.NormaliseSerial(d.Serial)).OfType<string>().Distinct().ToList();
        var homes = await (from medium in db.Media
                           where serials.Contains(medium.Serial)
                           join device in db.Devices on medium.DeviceId equals device.Id
                           select new { medium.Serial, medium.Type, device.Barcode }).ToDictionaryAsync(m => m.Serial, cancel);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(programme.TimeZone);
        var matched = new List<(string Barcode, Wipe Wipe)>();
        var position = new Dictionary<NwipeDrive, int>(ReferenceEqualityComparer.Instance);
        foreach (var drive in drives)
        {
            var home = Device.NormaliseSerial(drive.Serial) is { } serial ? homes.GetValueOrDefault(serial) : null;
            if ((home?.Barcode ?? barcode) is not { } device) continue;
            position[drive] = matched.Count;
            matched.Add((device, drive.ToWipe(home?.Type, method ?? WipeMethod.Clear, zone, http.User.Subject())));
        }

        var results = await recording.RecordAsync(matched, http.User, cancel);
        List<DriveResult> report = [.. drives.Select(d => new DriveResult(d.Device, d.Model, d.Status, position.TryGetValue(d, out var at) ? results[at]
            : new("", d.Serial, false, Code: "drive_unmatched", Sentence: "No device is known to hold this drive; give the barcode of the machine on the bench.")))];
        return new(report.Count(d => d.Result.Done), report.Count(d => !d.Result.Done), report);
    }

    private static Wipe ToWipe(this NwipeDrive drive, StorageKind? known, WipeMethod method, TimeZoneInfo zone, string caller) => new()
    {
        MediaType = drive.Device.StartsWith("nvme", StringComparison.Ordinal) || drive.Device.StartsWith("mmc", StringComparison.Ordinal)
            ? StorageKind.Ssd : known ?? StorageKind.Unknown,
        MediaSerial = Device.NormaliseSerial(drive.Serial),
        MediaModel = drive.Model,
        MediaBytes = drive.BytesTotal,
        Method = method,
        Technique = WipeTechnique.Overwrite,
        Tool = "nwipe",
        ToolVersion = drive.Version,
        Pattern = drive.Method,
        Prng = drive.Prng,
        Rounds = drive.Rounds,
        FinalPass = drive.FinalBlank switch { true => "zeros", false => "none", null => null },
        Verification = drive.Verify is null or "off" ? VerificationKind.None : VerificationKind.Full,
        Verified = drive.Verify is null or "off" ? VerificationResult.NotDone
            : drive.VerifyErrors is > 0 || drive.Status != NwipeStatus.Erased ? VerificationResult.Failed : VerificationResult.Passed,
        PassErrors = drive.PassErrors,
        SyncErrors = drive.SyncErrors,
        VerifyErrors = drive.VerifyErrors,
        BytesErased = drive.BytesErased,
        Throughput = drive.Throughput,
        Status = drive.Status == NwipeStatus.Erased ? WipeStatus.Succeeded : WipeStatus.Failed,
        Operator = caller,
        StartedAt = Utc(drive.StartedAt, zone),
        EndedAt = Utc(drive.EndedAt, zone),
    };

    private static DateTimeOffset? Utc(DateTime? local, TimeZoneInfo zone) =>
        local is { } at ? new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime() : null;
}
