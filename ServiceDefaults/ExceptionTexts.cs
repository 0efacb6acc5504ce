using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// What an exception says may hold anything: a value that a database could not read, a name that a rule spoke of. So an exception is
/// exported by its type and the place it was thrown at. Its text stays on the service's own console, where its trace id leads.
/// </summary>
internal static class ExceptionTexts
{
    /// <summary>Libraries write exceptions into their spans as events, which nobody can change after that; so no event of a span is exported.</summary>
    public static void KeepSpanEventsBack(IConfiguration settings) => settings["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";

    /// <summary>They failed; the description would be the exception's text.</summary>
    internal sealed class Spans : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity span)
        {
            if (span.StatusDescription is not null) span.SetStatus(span.Status);
        }
    }

    internal sealed class Entries : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord entry)
        {
            if (entry.Exception is not { } exception) return;
            entry.Exception = null;
            entry.Attributes = [.. entry.Attributes ?? [], new("exception.type", exception.GetType().FullName), new("exception.stacktrace", Trace(exception))];
        }

        private static string Trace(Exception exception) =>
            $"{exception.GetType().FullName}\n{exception.StackTrace}{(exception.InnerException is { } inner ? $"\nbecause of {Trace(inner)}" : "")}";
    }
}
