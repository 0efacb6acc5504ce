using System.Security.Cryptography;
using System.Text;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Wipes;

/// <summary>A record in the terms of NIST SP 800-88 Rev. 2 of what was done to one medium. Never changed: a mistake is answered by another record.</summary>
public sealed class Wipe
{
    public Guid Id { get; private set; }
    public Guid DeviceId { get; private set; }
    /// <summary>1 for the device's first record; the latest of a medium counts.</summary>
    public int Seq { get; private set; }
    /// <summary>SHA-256 over what makes it this wipe and no other, so that a log imported again adds nothing.</summary>
    public string Fingerprint { get; private set; } = null!;

    public StorageKind MediaType { get; init; }
    /// <summary>Trimmed and upper case; null where the medium does not tell.</summary>
    public string? MediaSerial { get; init; }
    public string? MediaModel { get; init; }
    /// <summary>Size the medium shows.</summary>
    public long? MediaBytes { get; init; }
    /// <summary>Size with what HPA or DCO hides.</summary>
    public long? MediaRealBytes { get; init; }
    /// <summary>What was found out about hidden areas, in the tool's words.</summary>
    public string? HpaDco { get; init; }

    public WipeMethod Method { get; init; }
    public WipeTechnique Technique { get; init; }
    public required string Tool { get; init; }
    public string? ToolVersion { get; init; }
    /// <summary>The tool's name of what it wrote, such as "DoD Short".</summary>
    public string? Pattern { get; init; }
    public string? Prng { get; init; }
    public int? Rounds { get; init; }
    public string? FinalPass { get; init; }

    public VerificationKind Verification { get; init; }
    public VerificationResult Verified { get; init; }
    public long? PassErrors { get; init; }
    public long? SyncErrors { get; init; }
    public long? VerifyErrors { get; init; }
    public long? BytesErased { get; init; }
    public string? Throughput { get; init; }

    public WipeStatus Status { get; init; }
    /// <summary>Account id of who wiped.</summary>
    public required string Operator { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string RecordedBy { get; private set; } = null!;
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>What this record alone says of its medium.</summary>
    public WipeStanding Standing => this switch
    {
        { Status: WipeStatus.Failed } or { Verified: VerificationResult.Failed } => WipeStanding.Failed,
        { Verified: VerificationResult.NotDone } => WipeStanding.Unverified,
        { Method: WipeMethod.Destroy } => WipeStanding.Destroy,
        { Method: WipeMethod.Purge } => WipeStanding.Purge,
        _ => WipeStanding.Clear,
    };

    public string Summary => $"{(Standing == WipeStanding.Failed ? "wipe failed" : Method)}: {Technique} with {Tool} {ToolVersion}".TrimEnd();

    /// <summary>Refuses claims that the technique cannot bear out.</summary>
    /// <param name="known">What the programme knows of the medium; flash stays flash though the record says otherwise.</param>
    public void RequireSense(StorageKind known, DateTimeOffset now)
    {
        var type = known == StorageKind.Ssd ? known : MediaType;
        if (MediaType == StorageKind.None)
            throw new BadInput("media_type_not_valid", "There is nothing to wipe where there is no storage.");
        if (Technique.IsPhysical() != (Method == WipeMethod.Destroy))
            throw new RuleBroken("technique_not_for_method", $"{Technique} is not a way to {Method}.");
        if (type != StorageKind.Hdd && Technique == WipeTechnique.Degauss)
            throw new RuleBroken("degauss_needs_magnetic_media", "A magnetic field does nothing to flash.");
        if (Method == WipeMethod.Purge && Technique == WipeTechnique.Overwrite && type != StorageKind.Hdd)
            throw type == StorageKind.Ssd
                ? new RuleBroken("purge_by_overwrite_on_flash", "Overwriting flash leaves spare cells as they are: it is Clear at most.")
                : new RuleBroken("media_type_unknown", "Overwriting counts as Purge on magnetic media only; say what the medium is.");
        if (EndedAt < StartedAt) throw new BadInput("ends_before_it_starts", "The wipe ends before it starts.");
        // A day's grace: benches are offline, and their clocks in any time zone.
        if ((EndedAt ?? StartedAt) > now.AddDays(1)) throw new BadInput("ends_in_the_future", "The wipe ends in the future; set the clock of the bench.");
    }

    /// <summary>The same wipe told twice has the same one. The device stands in for a medium without a serial.</summary>
    public string FingerprintFor(string barcode) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        MediaSerial ?? barcode, MediaModel, Tool, ToolVersion, Pattern, Method, Technique, Status, StartedAt?.ToString("O"), EndedAt?.ToString("O"), BytesErased))));

    public void RecordFor(Device device, int seq, string fingerprint, Act act)
    {
        Id = Guid.CreateVersion7(act.At);
        (DeviceId, Seq, Fingerprint) = (device.Id, seq, fingerprint);
        (RecordedBy, RecordedAt) = (act.By, act.At);
    }
}
