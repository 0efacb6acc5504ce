using System.Buffers.Text;
using System.IO.Compression;

namespace BetterConnections.Training.Certificates;

/// <summary>One bit for each certificate, set once it is revoked (W3C Bitstring Status List v1.0).</summary>
public static class StatusList
{
    /// <summary>Certificates in one list: the least the standard allows, so that asking for one tells little of which was meant.</summary>
    public const int Length = 131_072;

    public static (int List, int Index) PlaceOf(int statusIndex) => (statusIndex / Length, statusIndex % Length);

    /// <summary>The bits, index 0 the highest of the first byte, packed by gzip and written in base64url after the multibase sign <c>u</c>.</summary>
    public static string Encode(IEnumerable<int> revoked)
    {
        var bits = new byte[Length / 8];
        foreach (var index in revoked) bits[index / 8] |= (byte)(0x80 >> index % 8);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bits);
        return "u" + Base64Url.EncodeToString(packed.ToArray());
    }
}
