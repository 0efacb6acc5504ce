using System.Globalization;
using System.Text;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;

namespace BetterConnections.Messaging;

/// <summary>A message that was given up, without what it says.</summary>
/// <param name="Event">The contract's name, e.g. <c>KitReserved</c>.</param>
/// <param name="Error">The first line of the last attempt's exception.</param>
public sealed record FailedMessage(string? Id, string? Event, DateTimeOffset? FailedAt, string? Error)
{
    private const int LongestError = 300;

    internal static FailedMessage Of(BasicGetResult message)
    {
        var at = DateTimeOffset.TryParse(Header(message, MessageHeaders.FaultTimestamp), CultureInfo.InvariantCulture, out var time) ? time : (DateTimeOffset?)null;
        var line = Header(message, MessageHeaders.FaultMessage)?.Split('\n')[0].Trim();
        return new(message.BasicProperties.MessageId, EventOf(message.Body), at, line?.Length > LongestError ? line[..LongestError] : line);
    }

    private static string? Header(BasicGetResult message, string name) =>
        message.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value is byte[] text ? Encoding.UTF8.GetString(text) : value?.ToString() : null;

    /// <summary>The envelope names it as <c>urn:message:{namespace}:{name}</c>.</summary>
    private static string? EventOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return envelope.RootElement.GetProperty("messageType")[0].GetString()?.Split(':')[^1];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null; // not one of ours
        }
    }
}
