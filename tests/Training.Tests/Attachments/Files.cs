using System.Text;

namespace BetterConnections.Training.Tests.Attachments;

/// <summary>Beginnings by which files are known.</summary>
internal static class Files
{
    /// <summary>One red pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");
    public static readonly byte[] Pdf = "%PDF-1.4\n%%EOF"u8.ToArray();
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0];
    public static readonly byte[] Svg = """<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"""u8.ToArray();
    public static readonly byte[] Html = "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray();
    public static readonly byte[] Mp3 = [(byte)'I', (byte)'D', (byte)'3', 4, 0, 0, 0, 0, 0, 0];
    public static readonly byte[] Webp = [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8];
    public static readonly byte[] Wav = [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8];
    public static readonly byte[] Webm = [0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x84, .. "webm"u8];

    public static byte[] Mp4(int length = 40)
    {
        var film = new byte[length];
        new Random(length).NextBytes(film);
        byte[] start = [0, 0, 0, 24, .. Encoding.ASCII.GetBytes("ftypisom")];
        start.CopyTo(film, 0);
        return film;
    }

    public static Dictionary<string, byte[]> Named => new()
    {
        ["png"] = Png, ["pdf"] = Pdf, ["jpg"] = Jpeg, ["svg"] = Svg, ["html"] = Html, ["mp3"] = Mp3, ["webp"] = Webp, ["wav"] = Wav, ["webm"] = Webm, ["mp4"] = Mp4(),
    };
}
