using System.Globalization;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>One headline measure: what was put in, and what was found.</summary>
internal sealed class Finding
{
    private readonly Effect _effect;
    private readonly string _name;
    private readonly JsonElement _overall, _comparison;
    private readonly (double Value, double Low, double High) _level, _difference;

    private Finding(Effect effect, string name, JsonElement measure)
    {
        (_effect, _name, _overall, _comparison) = (effect, name, measure.GetProperty("overall"), measure.GetProperty("comparison"));
        _level = Interval(_overall.GetProperty("estimate"));
        IsCompared = effect.Own is not null;
        if (IsCompared) _difference = Interval(_comparison);
    }

    public static Finding Of(Effect effect, IEnumerable<JsonElement> results)
    {
        var result = results.Single(r => r.Number("number") == effect.Indicator);
        var topic = effect.Measure.Split('.') is [_, var after] ? $": {after.Replace('-', ' ')}" : "";
        return new(effect, result.GetProperty("name").Text("en") + topic, result.Each("measures").Single(m => m.Text("measure") == effect.Measure));
    }

    public string Measure => _effect.Measure;
    public bool IsCompared { get; }
    /// <summary>Facilities.</summary>
    public int Open => _comparison.Number("open");
    public int Waiting => _comparison.Number("waiting");
    public bool HasChanged => _effect.Before is { } before && before != _effect.After;
    public double? P => _overall.GetProperty("change") is { ValueKind: JsonValueKind.Object } change ? Corrected(change.GetProperty("test")) : null;
    public bool IsHeld => _level.Low <= _effect.After && _effect.After <= _level.High;
    public bool IsComparisonHeld => _difference.Low <= _effect.Own && _effect.Own <= _difference.High;

    public string Row
    {
        get
        {
            var put = _effect.Before is { } before ? $"{Put(before)} → {Put(_effect.After)}" : Put(_effect.After);
            return $"  {_effect.Indicator,2}  {_name,-48} {put,13} {Shown(_level.Value),7}  {$"{Shown(_level.Low)} to {Shown(_level.High)}",-16} {Said(IsHeld),-9} {Significance(P)}";
        }
    }

    public string ComparedRow
    {
        get
        {
            var (open, wait) = (_effect.After - _effect.Before!.Value, _effect.Waiting!.Value - _effect.Before.Value);
            return $"  {_effect.Indicator,2}  {_name,-48} {Signed(open),6} {Signed(wait),6} {Signed(_effect.Own!.Value),7} {Signed(_difference.Value),6}  "
                + $"{$"{Signed(_difference.Low)} to {Signed(_difference.High)}",-16} {Said(IsComparisonHeld),-9} {Significance(Corrected(_comparison.GetProperty("test")))}";
        }
    }

    public string Sentence(string language) => _overall.GetProperty("sentence").Text(language);

    private (double Value, double Low, double High) Interval(JsonElement estimate)
    {
        double Part(string name) => estimate.ValueKind == JsonValueKind.Object && estimate.GetProperty(name).GetProperty("value") is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble() : throw new DemoFailed($"There is no estimate for {Measure}: {estimate}");
        return (Part("value"), Part("low"), Part("high"));
    }

    private static double? Corrected(JsonElement test) =>
        test.TryGetProperty("adjusted", out var adjusted) && adjusted.GetProperty("value") is { ValueKind: JsonValueKind.Number } p ? p.GetDouble() : null;

    private bool IsShare => _effect.Kind != EffectKind.Median;

    private string Shown(double level) => IsShare ? (100 * level).ToString("0.0", CultureInfo.InvariantCulture) + "%" : level.ToString("0.#", CultureInfo.InvariantCulture);

    private string Put(double level) => IsShare ? $"{100 * level:0}%" : $"{level:0}";

    private string Signed(double change) => IsShare ? (100 * change).ToString("+0;-0;0", CultureInfo.InvariantCulture) : change.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture);

    private static string Said(bool isHeld) => isHeld ? "yes" : "no";

    private static string Significance(double? p) => p switch
    {
        null => "–",
        < 0.0001 => "< 0.0001",
        _ => p.Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
