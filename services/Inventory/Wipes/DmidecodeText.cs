using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Inventory.Wipes;

/// <summary>The text dmidecode prints: blocks of a title and indented "Name: value" lines.</summary>
internal sealed partial class DmidecodeText(string text)
{
    // What firmware says when its maker filled nothing in.
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "Not Specified", "To be filled by O.E.M.", "To Be Filled By O.E.M", "Default string", "System Serial Number", "System Product Name",
        "System manufacturer", "None", "N/A", "Unknown", "O.E.M.", "0123456789",
    };

    private readonly List<(string Title, Dictionary<string, string> Values)> _blocks = Blocks(text);

    /// <summary>The value in the first block of the title; null where it is missing or a filler of the firmware.</summary>
    public string? Value(string title, string name) =>
        _blocks.FirstOrDefault(block => block.Title == title).Values is { } values && values.GetValueOrDefault(name) is { } value && !Fillers.Contains(value)
            ? value : null;

    /// <summary>The sum of the memory modules, in GB of 2^30 bytes; null where none is listed.</summary>
    public decimal? MemoryGb
    {
        get
        {
            var modules = _blocks.Where(block => block.Title == "Memory Device")
                .Select(block => ModuleSize().Match(block.Values.GetValueOrDefault("Size") ?? ""))
                .Where(size => size.Success)
                .Select(size => decimal.Parse(size.Groups["number"].Value, CultureInfo.InvariantCulture) / (size.Groups["unit"].Value == "MB" ? 1024 : 1))
                .ToList();
            return modules.Count == 0 ? null : modules.Sum();
        }
    }

    private static List<(string, Dictionary<string, string>)> Blocks(string text)
    {
        var blocks = new List<(string Title, Dictionary<string, string> Values)>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith("Handle 0x", StringComparison.Ordinal) || line[0] == '#') continue;
            if (!char.IsWhiteSpace(line[0])) blocks.Add((line.Trim(), []));
            else if (blocks.Count > 0 && line.IndexOf(':') is var colon and > 0)
                blocks[^1].Values.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }
        return blocks;
    }

    [GeneratedRegex(@"^(?<number>\d+) (?<unit>MB|GB)$")]
    private static partial Regex ModuleSize();
}
