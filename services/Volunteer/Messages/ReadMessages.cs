using System.Security.Claims;
using System.Text.Json;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Messages;

public sealed record MessageFilter(MessageState? State = null, Guid? VolunteerId = null, string? After = null, int Limit = 50) : Paging(After, Limit);

/// <param name="Values">What fills the template.</param>
/// <param name="DueAt">When it is tried next, while it waits.</param>
public sealed record MessageView(Guid Id, Guid VolunteerId, string Template, JsonElement Values, MessageState State, DateTimeOffset CreatedAt, DateTimeOffset DueAt,
    int Attempts, DateTimeOffset? SentAt, string? LastError);

/// <summary>A message as its volunteer reads it.</summary>
public sealed record OwnMessage(Guid Id, DateTimeOffset At, string Subject, string Text);

public sealed record SentMailView(Guid Id, Guid VolunteerId, string To, string Subject, string Text, DateTimeOffset At);

public static class ReadMessages
{
    /// <summary>Newest first.</summary>
    public static Task<Page<MessageView>> List([AsParameters] MessageFilter filter, VolunteerDb db, CancellationToken cancel)
    {
        var messages = db.Messages.AsNoTracking();
        if (filter.State is { } state) messages = messages.Where(m => m.State == state);
        if (filter.VolunteerId is { } volunteer) messages = messages.Where(m => m.VolunteerId == volunteer);
        return messages.PageAsync(m => m.Id, filter, m => new MessageView(m.Id, m.VolunteerId, m.Template,
            JsonSerializer.Deserialize<JsonElement>(m.Values, (JsonSerializerOptions?)null), m.State, m.CreatedAt, m.DueAt, m.Attempts, m.SentAt, m.LastError), descending: true, cancel);
    }

    /// <summary>Newest first, in the volunteer's language, whether mail reaches it or not.</summary>
    public static async Task<Page<OwnMessage>> Own([AsParameters] Paging page, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        var found = await db.Messages.AsNoTracking().Where(m => m.VolunteerId == volunteer.Id).PageAsync(m => m.Id, page, m => m, descending: true, cancel);
        return new([.. found.Items.Select(m =>
        {
            var (subject, text) = m.Word(volunteer, programme);
            return new OwnMessage(m.Id, m.CreatedAt, subject, text);
        })], found.Next);
    }

    /// <summary>Where no mail server is configured: what would have been sent, newest first.</summary>
    public static Task<Page<SentMailView>> Stored([AsParameters] Paging page, VolunteerDb db, CancellationToken cancel) =>
        db.Set<SentMail>().AsNoTracking().PageAsync(m => m.Id, page, m => new SentMailView(m.Id, m.VolunteerId, m.To, m.Subject, m.Text, m.At), descending: true, cancel);
}
