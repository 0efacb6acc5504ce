using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Documents;

/// <param name="Uid">Never changes for one event and is never used for another.</param>
/// <param name="Sequence">Grows when time or place change or the event is called off; programs keep the greatest.</param>
/// <param name="IsCancelled">Called off: stays in the feed, so that programs take it out of the calendars they filled.</param>
public sealed record CalendarEvent(string Uid, DateTimeOffset Starts, DateTimeOffset Ends, string Summary, string? Location = null,
    double? Latitude = null, double? Longitude = null, string? Description = null, int Sequence = 0, bool IsCancelled = false, DateTimeOffset? Changed = null);

/// <summary>
/// A calendar feed (RFC 5545 with the refresh interval of RFC 7986) in UTC, so that it needs no time zone table.
/// No library that writes it is on every feed; the format asks for escaping, folding and little else.
/// </summary>
public static class Calendar
{
    private const int LongestLine = 75;

    /// <param name="refresh">How often a program should ask again.</param>
    public static string Write(string name, IEnumerable<CalendarEvent> events, DateTimeOffset now, TimeSpan refresh)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Better Connections//Calendar//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line($"NAME:{Escaped(name)}");
        Line($"X-WR-CALNAME:{Escaped(name)}");
        Line($"REFRESH-INTERVAL;VALUE=DURATION:PT{(int)refresh.TotalMinutes}M");
        foreach (var e in events)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{Escaped(e.Uid)}");
            Line($"DTSTAMP:{Utc(e.Changed ?? now)}");
            Line($"DTSTART:{Utc(e.Starts)}");
            Line($"DTEND:{Utc(e.Ends)}");
            Line($"SEQUENCE:{e.Sequence}");
            Line($"STATUS:{(e.IsCancelled ? "CANCELLED" : "CONFIRMED")}");
            Line($"SUMMARY:{Escaped(e.Summary)}");
            if (e.Location is { } location) Line($"LOCATION:{Escaped(location)}");
            if (e is { Latitude: { } latitude, Longitude: { } longitude }) Line(string.Create(CultureInfo.InvariantCulture, $"GEO:{latitude:0.######};{longitude:0.######}"));
            if (e.Description is { } description) Line($"DESCRIPTION:{Escaped(description)}");
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return text.ToString();

        void Line(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes()) // a fold within a character would tear it
            {
                if (octets + rune.Utf8SequenceLength > LongestLine)
                {
                    text.Append("\r\n ");
                    octets = 1;
                }
                text.Append(rune);
                octets += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
    }

    /// <summary>The feed as an answer; nobody on the way may keep it, since its address is its only key.</summary>
    public static ContentHttpResult Answer(HttpResponse response, string feed)
    {
        response.Headers.CacheControl = "private, no-store";
        return TypedResults.Text(feed, "text/calendar; charset=utf-8");
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").ReplaceLineEndings("\\n");
}
