using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Wipes;

/// <param name="SizeBytes">What the medium shows.</param>
/// <param name="RealSizeBytes">With what a host protected area or device configuration overlay hides.</param>
public sealed record WipedMedia([Required] StorageKind? Type, [StringLength(100)] string? Serial = null, [StringLength(100)] string? Model = null,
    [Range(1, long.MaxValue)] long? SizeBytes = null, [Range(1, long.MaxValue)] long? RealSizeBytes = null, [StringLength(100)] string? HpaDco = null);

public sealed record WipeVerification([Required] VerificationKind? How, [Required] VerificationResult? Result, [Range(0, long.MaxValue)] long? Errors = null);

/// <param name="Pattern">The tool's name of what it wrote, such as "DoD Short".</param>
/// <param name="Operator">Account id of who wiped; the caller where it is left out. Never a name.</param>
public sealed record NewWipe([Required] string Barcode, [Required] WipedMedia Media, [Required] WipeMethod? Method, [Required] WipeTechnique? Technique,
    [Required, StringLength(50)] string Tool, [Required, StringLength(50)] string ToolVersion, [Required] WipeVerification Verification,
    [Required] WipeStatus? Status, [Required] DateTimeOffset? StartedAt, [Required] DateTimeOffset? EndedAt, [StringLength(100)] string? Operator = null,
    [StringLength(100)] string? Pattern = null, [StringLength(100)] string? Prng = null, [Range(1, 100)] int? Rounds = null);

public sealed record NewWipes([Required] IReadOnlyList<NewWipe> Records);

public static class RecordWipes
{
    public const int Most = 500;

    /// <summary>An answer for each record; the good ones are stored though others are refused.</summary>
    public static async Task<WipeReport> Handle(NewWipes request, WipeRecording recording, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (request.Records.Count is 0 or > Most) throw new BadInput("record_count_not_valid", $"Send 1 to {Most} records in one request.");
        var caller = user.Subject();
        return WipeReport.Of(await recording.RecordAsync([.. request.Records.Select(r => (r.Barcode, r.ToWipe(caller)))], user, cancel));
    }

    private static Wipe ToWipe(this NewWipe record, string caller) => new()
    {
        MediaType = record.Media.Type!.Value,
        MediaSerial = Device.NormaliseSerial(record.Media.Serial),
        MediaModel = record.Media.Model,
        MediaBytes = record.Media.SizeBytes,
        MediaRealBytes = record.Media.RealSizeBytes,
        HpaDco = record.Media.HpaDco,
        Method = record.Method!.Value,
        Technique = record.Technique!.Value,
        Tool = record.Tool,
        ToolVersion = record.ToolVersion,
        Pattern = record.Pattern,
        Prng = record.Prng,
        Rounds = record.Rounds,
        Verification = record.Verification.How!.Value,
        Verified = record.Verification.Result!.Value,
        VerifyErrors = record.Verification.Errors,
        Status = record.Status!.Value,
        Operator = record.Operator ?? caller,
        StartedAt = record.StartedAt!.Value.ToUniversalTime(),
        EndedAt = record.EndedAt!.Value.ToUniversalTime(),
    };
}
