using System.ComponentModel;
using System.Diagnostics;

namespace BetterConnections.Inventory.Tests.Labels;

/// <summary>Reads what was drawn with programs nobody here wrote: Poppler draws the page, ZBar reads the codes.</summary>
static class Scanner
{
    const int DotsPerInch = 200;

    /// <summary>
    /// The codes within a rectangle of a page (millimetres from the left top), as ZBar prints them:
    /// "CODE-128:text" or "QR-Code:text", sorted.
    /// </summary>
    /// <remarks>One label at a time, as people scan: ZBar mixes up the corners of QR codes where a picture holds twenty.</remarks>
    public static List<string> Codes(byte[] pdf, int page, double left, double top, double width, double height)
    {
        static string Dots(double millimetres) => $"{(int)Math.Round(millimetres / 25.4 * DotsPerInch)}";
        var folder = Directory.CreateTempSubdirectory("labels");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "labels.pdf"), pdf);
            Run(folder, "pdftoppm", "poppler-utils", "-r", $"{DotsPerInch}", "-gray", "-png", "-singlefile", "-f", $"{page}", "-l", $"{page}",
                "-x", Dots(left), "-y", Dots(top), "-W", Dots(width), "-H", Dots(height), "labels.pdf", "label");
            return [.. Run(folder, "zbarimg", "zbar-tools", "--nodbus", "--quiet", "-Sdisable", "-Scode128.enable", "-Sqrcode.enable", "label.png")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        }
        finally { folder.Delete(recursive: true); }
    }

    static string Run(DirectoryInfo folder, string program, string package, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: it could not read what was drawn.");
            return output;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"This test needs {program}: install the package {package}.", missing);
        }
    }
}
