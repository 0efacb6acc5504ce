using System.Text.Json;

namespace BetterConnections.Volunteers.Messages;

/// <summary><see cref="Stored"/>: no mail server is configured, so it lies in <c>sent_mail</c> and reached nobody.</summary>
public enum MessageState { Waiting, Sent, Stored, Failed }

/// <summary>Something a volunteer is told. It is written in the transaction of what causes it, and worded when it is sent.</summary>
public sealed class Message
{
    private const int MostAttempts = 30; // a little over a day
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private Message() { }

    public Guid Id { get; private set; }
    public Guid VolunteerId { get; private set; }
    /// <summary>One of <see cref="Templates"/>.</summary>
    public string Template { get; private set; } = null!;
    /// <summary>JSON: what fills the template's placeholders.</summary>
    public string Values { get; private set; } = null!;
    public MessageState State { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    /// <summary>When it is tried, or tried again.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public string? LastError { get; private set; }

    /// <exception cref="ArgumentException">The values are not just those the template asks for.</exception>
    public static Message Create(Guid volunteerId, string template, DateTimeOffset at, IReadOnlyDictionary<string, object> values)
    {
        if (!Templates.Placeholders(template).SetEquals(values.Keys))
            throw new ArgumentException($"{template} asks for {string.Join(", ", Templates.Placeholders(template))} and was given {string.Join(", ", values.Keys)}.", nameof(values));
        return new() { Id = Guid.CreateVersion7(at), VolunteerId = volunteerId, Template = template, Values = JsonSerializer.Serialize(values), CreatedAt = at, DueAt = at };
    }

    /// <summary>Subject and text in the language of <paramref name="to"/>, times on the programme's clocks.</summary>
    public (string Subject, string Text) Word(Volunteer to, ProgrammeSettings programme)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Values)!.ToDictionary(v => v.Key, v =>
            Templates.Times.Contains(v.Key) ? programme.Time(v.Value.GetDateTimeOffset()) : v.Key == Templates.Date ? programme.Date(v.Value.GetDateTimeOffset()) : v.Value.GetString()!);
        (values["name"], values["number"], values["programme"]) = (to.Name!, to.Number!, programme.Name);
        return Templates.Render(Template, to.MessageLanguage, values);
    }

    public void Went(MessageState to, DateTimeOffset at) => (State, SentAt, Attempts, LastError) = (to, at, Attempts + 1, null);

    /// <summary>Tries again later, after longer each time; given up, visibly, only when a day of it was in vain or the address does not exist.</summary>
    public void NotSent(string error, bool forGood, DateTimeOffset at)
    {
        (Attempts, LastError) = (Attempts + 1, error);
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(Attempts - 1, 10)));
        DueAt = at + (pause < LongestPause ? pause : LongestPause);
        if (forGood || Attempts >= MostAttempts) State = MessageState.Failed;
    }

    /// <summary>Somebody has put right what was wrong.</summary>
    public void TryAgain(DateTimeOffset at) => (State, Attempts, DueAt) = (MessageState.Waiting, 0, at);
}

public static class Telling
{
    /// <summary>Queues a message to a volunteer; it is sent once the next <c>SaveChangesAsync</c> has committed, and never otherwise.</summary>
    /// <param name="template">One of <see cref="Templates"/>.</param>
    /// <param name="values">Just what the template asks for: texts, and times as <see cref="DateTimeOffset"/>.</param>
    public static void Tell(this VolunteerDb db, Guid volunteerId, string template, DateTimeOffset at, params IEnumerable<(string Name, object Value)> values) =>
        db.Messages.Add(Message.Create(volunteerId, template, at, values.ToDictionary(v => v.Name, v => v.Value)));
}
