using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BetterConnections.ServiceDefaults;

/// <summary>One line per entry, time in UTC, with its scopes; the framework's scope holds the request's path, so capability tokens are taken out.</summary>
internal sealed class ConsoleLines() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output)
    {
        var line = new StringBuilder()
            .Append(DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture))
            .Append(Word(entry.LogLevel)).Append(": ").Append(entry.Category).Append('[').Append(entry.EventId.Id).Append(']');
        scopes?.ForEachScope((scope, text) => text.Append(" => ").Append(scope), line);
        line.Append(' ').Append(entry.Formatter(entry.State, entry.Exception));
        if (entry.Exception is { } exception) line.Append(' ').Append(exception);
        output.WriteLine(CapabilityPaths.Redact(line.ToString().ReplaceLineEndings(" ")));
    }

    /// <summary>As the framework's own formatter writes them.</summary>
    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
