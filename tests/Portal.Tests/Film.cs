using QRCoder;

namespace BetterConnections.Portal.Tests;

/// <summary>What Chromium sees in place of a camera: the film that lies there when a page opens the camera.</summary>
public static class Film
{
    private const int Width = 640, Height = 480;

    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "camera.y4m");

    /// <summary>To start Chromium with.</summary>
    public static readonly string[] InPlaceOfACamera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={File}"];

    /// <summary>One picture, black on white, over and over.</summary>
    public static async Task ShowAsync(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var scale = Height / modules.Count;
        var picture = new byte[Width * Height * 3 / 2];
        picture.AsSpan(0, Width * Height).Fill(235);
        picture.AsSpan(Width * Height).Fill(128);
        for (var y = 0; y < modules.Count * scale; y++)
            for (var x = 0; x < modules.Count * scale; x++)
                if (modules[y / scale][x / scale]) picture[y * Width + x] = 16;

        await using var film = System.IO.File.Create(File);
        await film.WriteAsync("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420mpeg2\n"u8.ToArray());
        for (var frame = 0; frame < 10; frame++)
        {
            await film.WriteAsync("FRAME\n"u8.ToArray());
            await film.WriteAsync(picture);
        }
    }
}
