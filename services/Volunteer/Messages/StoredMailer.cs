namespace BetterConnections.Volunteers.Messages;

/// <summary>Mail that would have been sent.</summary>
public sealed class SentMail
{
    /// <summary>The message's.</summary>
    public Guid Id { get; init; }
    public Guid VolunteerId { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>For development and trials: mail goes into <c>sent_mail</c>, in the transaction that marks its message, and to nobody.</summary>
public sealed class StoredMailer(VolunteerDb db, TimeProvider clock) : IMailer
{
    public Task<MessageState> SendAsync(Mail mail, CancellationToken cancel)
    {
        db.Add(new SentMail { Id = mail.Id, VolunteerId = mail.VolunteerId, To = mail.To, Subject = mail.Subject, Text = mail.Text, At = clock.GetUtcNow() });
        return Task.FromResult(MessageState.Stored);
    }
}
