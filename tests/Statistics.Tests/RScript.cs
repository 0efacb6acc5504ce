using System.Diagnostics;
using System.Globalization;

namespace BetterConnections.Statistics.Tests;

/// <summary>Collects expressions of the language R beside what this library says, and compares them all at once.</summary>
internal sealed class RScript
{
    private readonly List<(string Expression, double Ours)> comparisons = [];
    private readonly List<string> definitions = [];

    public int Count => comparisons.Count;

    /// <summary>Wanted and possible, else a reason why not.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("BC_R_CHECK") != "1" ? "Set BC_R_CHECK=1 to compare with R."
        : Path() is null ? "Rscript is not on the PATH (Debian: apt-get install --no-install-recommends r-base-core)."
        : null;

    /// <summary>Something that later expressions use.</summary>
    public void Define(string definition) => definitions.Add(definition);

    /// <param name="expression">May use what was defined last under the same name: it is evaluated where it stands.</param>
    public void Compare(string expression, double ours)
    {
        definitions.Add($"cat(sprintf('%.17g\\n', as.numeric({expression})))");
        comparisons.Add((expression, ours));
    }

    public void Compare(string expression, Interval ours)
    {
        Compare($"({expression})[1]", ours.Low);
        Compare($"({expression})[2]", ours.High);
    }

    public static string Vector(IEnumerable<double> values) =>
        $"c({string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))})";

    public static string Vector(IEnumerable<int> values) => Vector(values.Select(v => (double)v));

    /// <summary>Runs R and fails with every expression that differs by more than nine digits.</summary>
    public async Task RunAsync()
    {
        var script = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(script, definitions);
            using var process = Process.Start(new ProcessStartInfo(Path()!, ["--vanilla", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0 && lines.Length == comparisons.Count, await errors);

            var differing = comparisons.Zip(lines, (c, line) => (c.Expression, c.Ours, R: double.Parse(line, CultureInfo.InvariantCulture)))
                .Where(c => !(Math.Abs(c.Ours - c.R) <= 1e-9 * Math.Max(Math.Abs(c.R), 1e-3)))
                .Select(c => $"{c.Expression}: R {c.R:R}, here {c.Ours:R}");
            Assert.Empty(differing);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string? Path() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(directory => System.IO.Path.Combine(directory, "Rscript")).FirstOrDefault(File.Exists);
}
