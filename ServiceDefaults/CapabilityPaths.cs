using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// Addresses of the form <c>…/key/{token}/…</c>: whoever has the address may use it (a calendar feed, a survey app's server), so no
/// log and no trace may hold one.
/// </summary>
public static partial class CapabilityPaths
{
    public const string Redacted = "[redacted]";

    [GeneratedRegex(@"(?<=(?:/|%2F)key(?:/|%2F))(?!\[redacted\])[^/?#&\s""'<>%]+", RegexOptions.IgnoreCase)]
    private static partial Regex TokenInText();

    /// <summary>The text with every such token taken out of it.</summary>
    public static string Redact(string text) =>
        text.Contains("key", StringComparison.OrdinalIgnoreCase) ? TokenInText().Replace(text, Redacted) : text;

    /// <summary>The token in a path; null where it has none.</summary>
    public static string? TokenIn(string path) => TokenInText().Match(path) is { Success: true } match ? match.Value : null;

    private static object? Redact(object? value) => value is string text ? Redact(text) : value;

    /// <summary>Rewrites what the framework wrote of the address on server and client spans.</summary>
    internal sealed class Spans : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity span)
        {
            span.DisplayName = Redact(span.DisplayName);
            foreach (var (name, value) in span.TagObjects)
                if (value is string text && Redact(text) is var clean && clean != text) span.SetTag(name, clean);
        }
    }

    internal sealed class Entries : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord entry)
        {
            if (entry.FormattedMessage is { } message) entry.FormattedMessage = Redact(message);
            if (entry.Body is { } body) entry.Body = Redact(body);
            if (entry.Attributes is { } attributes && attributes.Any(a => a.Value is string text && Redact(text) != text))
                entry.Attributes = [.. attributes.Select(a => new KeyValuePair<string, object?>(a.Key, Redact(a.Value)))];
        }
    }
}
