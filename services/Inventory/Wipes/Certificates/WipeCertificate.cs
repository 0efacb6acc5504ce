using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Wipes;

/// <summary>
/// What the programme certifies of one wipe, as the bytes that were hashed. The database refuses to change or delete it.
/// It names no person: whoever holds a disk can ask whether its certificate is genuine.
/// </summary>
public sealed class WipeCertificate
{
    // Names in ordinal order and no white space, as in RFC 8785, so that the same facts give the same bytes.
    private static readonly JsonSerializerOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 of <see cref="Content"/> in UTF-8, lower-case hex.</summary>
    public required string Hash { get; init; }
    public Guid WipeId { get; init; }
    public required string Content { get; init; }
    public DateTimeOffset IssuedAt { get; init; }

    public static WipeCertificate Issue(Wipe wipe, Device device, ProgrammeSettings programme, DateTimeOffset at)
    {
        var content = JsonSerializer.Serialize(Facts(wipe, device, programme, at), Canonical);
        return new()
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
            WipeId = wipe.Id,
            Content = content,
            IssuedAt = at,
        };
    }

    /// <summary>The fields of nwipe's own certificate, in the terms of NIST SP 800-88.</summary>
    private static SortedDictionary<string, object?> Facts(Wipe wipe, Device device, ProgrammeSettings programme, DateTimeOffset at) => new(StringComparer.Ordinal)
    {
        ["type"] = "Certificate of sanitization",
        ["standard"] = "NIST SP 800-88 Rev. 2",
        ["issuedAt"] = Time(at),
        ["issuer"] = programme.Name,
        ["device"] = device.Barcode,
        ["deviceManufacturer"] = device.Manufacturer,
        ["deviceModel"] = device.Model,
        ["deviceSerial"] = device.Serial,
        ["mediaType"] = wipe.MediaType.ToString(),
        ["mediaModel"] = wipe.MediaModel,
        ["mediaSerial"] = wipe.MediaSerial,
        ["sizeApparentBytes"] = wipe.MediaBytes,
        ["sizeRealBytes"] = wipe.MediaRealBytes,
        ["hpaDco"] = wipe.HpaDco,
        ["method"] = wipe.Method.ToString(),
        ["technique"] = wipe.Technique.ToString(),
        ["pattern"] = wipe.Pattern,
        ["prng"] = wipe.Prng,
        ["rounds"] = wipe.Rounds,
        ["finalPass"] = wipe.FinalPass,
        ["tool"] = wipe.Tool,
        ["toolVersion"] = wipe.ToolVersion,
        ["verification"] = wipe.Verification.ToString(),
        ["verified"] = wipe.Verified.ToString(),
        ["errorsPass"] = wipe.PassErrors,
        ["errorsSync"] = wipe.SyncErrors,
        ["errorsVerify"] = wipe.VerifyErrors,
        ["bytesErased"] = wipe.BytesErased,
        ["startedAt"] = Time(wipe.StartedAt),
        ["endedAt"] = Time(wipe.EndedAt),
        ["durationSeconds"] = (long?)(wipe.EndedAt - wipe.StartedAt)?.TotalSeconds,
        ["throughput"] = wipe.Throughput,
        ["status"] = wipe.Status.ToString(),
        // The programme can say whose it is, from the record's id and the account; nobody else can, or tell two of one hand.
        ["operator"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{wipe.Id}\n{wipe.Operator}")))[..16],
    };

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
