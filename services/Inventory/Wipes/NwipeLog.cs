using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Inventory.Wipes;

/// <summary>
/// Reads nwipe's text log, the only report it writes that is not a picture (formats: its src/logging.c, options.c,
/// device.c and method.c, 0.28 to 0.42). Tolerant: lines it does not know are passed over, and what they would
/// have said is null.
/// </summary>
public static partial class NwipeLog
{
    /// <summary>One entry for each drive of each run, in the order of the log; none where this is not a log of nwipe.</summary>
    public static IReadOnlyList<NwipeDrive> Parse(string log)
    {
        var drives = new List<NwipeDrive>();
        var run = new NwipeRun();
        foreach (var line in log.ReplaceLineEndings("\n").Split('\n'))
        {
            if (TotalLine().Match(line) is { Success: true } total)
            {
                // nwipe appends: a stick that wiped for a month has many runs in one log.
                drives.AddRange(run.Close(total));
                run = new NwipeRun();
            }
            else if (EventLine().Match(line) is { Success: true } logged)
            {
                var at = Time(logged.Groups["at"].Value);
                var text = logged.Groups["text"].Value.TrimEnd();
                // Drives are found before any wipe starts, so one found later begins the run after a crash.
                if (text.StartsWith("Found /", StringComparison.Ordinal) && run.HasStarted)
                {
                    drives.AddRange(run.Close(null));
                    run = new NwipeRun();
                }
                run.Event(at, text);
            }
            else run.TableLine(line);
        }
        drives.AddRange(run.Close(null));
        return drives;
    }

    internal static DateTime? Time(string text) =>
        DateTime.TryParseExact(text, "yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    /// <summary>The name that the tables have: the last nine characters of the device's path, without its folders.</summary>
    internal static string DeviceName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].Trim('\'', '.', ',', ':');
        return name.Length > 9 ? name[^9..] : name;
    }

    [GeneratedRegex(@"^\[(?<at>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\]\s*(?:nwipe:\s*)?(?:debug|info|notice|warning|error|fatal|sanity):\s*(?<text>.*)$")]
    private static partial Regex EventLine();

    [GeneratedRegex(@"^\[(?<at>[^\]]+)\] Total Throughput\s+[^,]*,\s*(?<method>.*),\s*(?<rounds>\d+)R\+(?<blank>N?B)(?:\+(?<verify>NV|VL|VA))?")]
    private static partial Regex TotalLine();
}
