using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Inventory.Wipes;

/// <summary>Gathers what one run of nwipe logs, until its summary.</summary>
internal sealed partial class NwipeRun
{
    private readonly Dictionary<string, (string Model, string Serial)> _found = [];
    private readonly Dictionary<string, string> _serials = [];
    private readonly Dictionary<string, DateTime?> _started = [];
    private readonly Dictionary<string, (long Pass, long Verify, long? Sync)> _errors = [];
    private readonly Dictionary<string, (long Erased, long Total)> _bytes = [];
    private readonly Dictionary<string, string> _options = [];
    private readonly List<Match> _rows = [];
    private bool _noBlank;
    private string? _table;

    public bool HasStarted => _started.Count > 0 || _rows.Count > 0;

    public void Event(DateTime? at, string text)
    {
        _table = null;
        if (Found().Match(text) is { Success: true } found)
            _found[NwipeLog.DeviceName(found.Groups["device"].Value)] = (found.Groups["model"].Value.Trim(), found.Groups["serial"].Value);
        else if (SerialNumber().Match(text) is { Success: true } serial)
            _serials[NwipeLog.DeviceName(serial.Groups["device"].Value)] = serial.Groups["serial"].Value;
        else if (Invoking().Match(text) is { Success: true } invoking)
        {
            _started[NwipeLog.DeviceName(invoking.Groups["device"].Value)] = at;
            _options["method"] = invoking.Groups["method"].Value;
        }
        else if (Option().Match(text) is { Success: true } option)
            _options[option.Groups["name"].Value] = option.Groups["value"].Value;
        else if (text.Contains("do not perform a final blank pass", StringComparison.Ordinal))
            _noBlank = true;
    }

    public void TableLine(string line)
    {
        if (Title().Match(line) is { Success: true } title) _table = title.Groups["table"].Value;
        else if (_table == "Error" && ErrorRow().Match(line) is { Success: true } error)
            _errors[error.Groups["device"].Value] = (Long(error, "pass") ?? 0, Long(error, "verify") ?? 0, Long(error, "sync"));
        else if (_table == "Erasure" && ErasureRow().Match(line) is { Success: true } bytes)
            _bytes[bytes.Groups["device"].Value] = (Long(bytes, "erased") ?? 0, Long(bytes, "total") ?? 0);
        else if (_table == "Drive" && StatusRow().Match(line) is { Success: true } row)
            _rows.Add(row);
    }

    /// <param name="total">The line under the table, which ends the run; null where the log breaks off.</param>
    public IEnumerable<NwipeDrive> Close(Match? total)
    {
        foreach (var row in _rows)
        {
            var device = row.Groups["device"].Value;
            var duration = new TimeSpan(int.Parse(row.Groups["h"].Value), int.Parse(row.Groups["m"].Value), int.Parse(row.Groups["s"].Value));
            var started = _started.GetValueOrDefault(device);
            // The table cuts the model at 17 characters and joins it to the serial; "Found" has both whole.
            var id = row.Groups["id"].Value.TrimEnd();
            var slash = id.LastIndexOf('/');
            yield return Common(device, total) with
            {
                Status = Status(row.Groups["status"].Value),
                Model = _found.GetValueOrDefault(device).Model ?? (slash < 0 ? id : id[..slash]),
                Serial = Serial(device) ?? Shown(slash < 0 ? null : id[(slash + 1)..]),
                Throughput = row.Groups["rate"].Value + "/s",
                Duration = duration,
                EndedAt = started + duration ?? (total is null ? null : NwipeLog.Time(total.Groups["at"].Value)),
            };
        }
        foreach (var device in _started.Keys.Where(device => _rows.All(row => row.Groups["device"].Value != device)))
            yield return Common(device, total);
    }

    private NwipeDrive Common(string device, Match? total)
    {
        bool hasErrors = _errors.TryGetValue(device, out var errors), hasBytes = _bytes.TryGetValue(device, out var bytes);
        var verify = total?.Groups["verify"] switch { { Success: true } code => code.Value, _ => null };
        return new NwipeDrive
        {
            Device = device,
            Status = NwipeStatus.Unfinished,
            Model = _found.GetValueOrDefault(device).Model,
            Serial = Serial(device),
            Version = _options.GetValueOrDefault("banner")?.Replace("nwipe", "").Trim(),
            Method = total?.Groups["method"].Value ?? _options.GetValueOrDefault("method"),
            Prng = _options.GetValueOrDefault("prng"),
            Rounds = int.TryParse(total?.Groups["rounds"].Value ?? _options.GetValueOrDefault("rounds"), out var rounds) ? rounds : null,
            Verify = (verify ?? _options.GetValueOrDefault("verify")) switch
            {
                null => null,
                "NV" => "off",
                "VL" => "last pass",
                "VA" => "all passes",
                var option => Bracketed().Match(option) is { Success: true } named ? named.Groups["name"].Value : null,
            },
            FinalBlank = total is not null ? total.Groups["blank"].Value == "B" : _options.Count > 0 ? !_noBlank : null,
            StartedAt = _started.GetValueOrDefault(device),
            PassErrors = hasErrors ? errors.Pass : null,
            VerifyErrors = hasErrors ? errors.Verify : null,
            SyncErrors = hasErrors ? errors.Sync : null,
            BytesErased = hasBytes ? bytes.Erased : null,
            BytesTotal = hasBytes ? bytes.Total : null,
        };
    }

    private string? Serial(string device) =>
        Shown(_found.GetValueOrDefault(device).Serial) ?? Shown(_serials.GetValueOrDefault(device));

    private static string? Shown(string? serial) =>
        string.IsNullOrWhiteSpace(serial) || serial.Contains("unknown", StringComparison.OrdinalIgnoreCase) || serial.Trim().All(sign => sign is 'X')
            ? null : serial.Trim();

    private static NwipeStatus Status(string text) => text.Trim() switch
    {
        "Erased" => NwipeStatus.Erased,
        "UABORTED" or "ABORTED" => NwipeStatus.Aborted,
        var failed when failed.Contains("FAIL", StringComparison.Ordinal) => NwipeStatus.Failed,
        _ => NwipeStatus.Insane,
    };

    private static long? Long(Match row, string group) =>
        long.TryParse(row.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex(@"^Found (?<device>/\S+?),\s+(?<type>[^,]*),\s*(?<model>.*),\s*(?<size>[^,]*),\s*S/N=(?<serial>.*)$")]
    private static partial Regex Found();

    [GeneratedRegex(@"^(?<device>/\S+) has serial number (?<serial>.+)$")]
    private static partial Regex SerialNumber();

    [GeneratedRegex(@"^Invoking method '(?<method>[^']*)' on (?:device )?(?<device>\S+)$")]
    private static partial Regex Invoking();

    [GeneratedRegex(@"^(?<name>banner|prng|method|rounds|verify)\s+= (?<value>.*)$")]
    private static partial Regex Option();

    [GeneratedRegex(@"\((?<name>[^)]*)\)")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\*+ (?<table>Error|Erasure|Drive) (?:Summary|Status) \*+\s*$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^!?\s*(?<device>\S+)\s*\|\s*(?<pass>\d+)\s*\|\s*(?<verify>\d+)\s*\|\s*(?<sync>\d+)?\s*$")]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"^!?\s*(?<device>\S+)\s*\|\s*(?<erased>\d+)\s*\|\s*(?<total>\d+)\s*\|")]
    private static partial Regex ErasureRow();

    [GeneratedRegex(@"^!?\s*(?<device>\S+)\s*\|(?<status>[^|]+)\|\s*(?<rate>[^|]*?)\s*/s\s*\|\s*(?<h>\d{1,6}):(?<m>\d\d):(?<s>\d\d)\s*\|\s*(?<id>.*)$")]
    private static partial Regex StatusRow();
}
