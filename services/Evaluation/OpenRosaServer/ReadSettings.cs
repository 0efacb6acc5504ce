using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>Collect's settings for this address; scanned from the QR code they make a phone ready.</summary>
public static class ReadSettings
{
    public static FileContentHttpResult Json(FieldCollector collector) => TypedResults.Bytes(Settings(collector), "application/json");

    public static FileContentHttpResult Png(FieldCollector collector)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(Packed(Settings(collector)), QRCodeGenerator.ECCLevel.L);
        using var png = new PngByteQRCode(code);
        return TypedResults.Bytes(png.GetGraphic(6), "image/png");
    }

    /// <summary>Collect wants <c>general</c> and <c>admin</c> to be there, even empty.</summary>
    private static byte[] Settings(FieldCollector collector) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        general = new { server_url = collector.Address, form_update_mode = "match_exactly", autosend = "wifi_and_cellular" },
        admin = new { },
        project = new { name = collector.Label, icon = "B", color = "#00695C" },
    });

    /// <summary>As Collect reads it: zlib, then Base64.</summary>
    private static string Packed(byte[] settings)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(settings);
        return Convert.ToBase64String(packed.ToArray());
    }
}
