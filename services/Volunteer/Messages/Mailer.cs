namespace BetterConnections.Volunteers.Messages;

/// <param name="Id">The message's; by it a mail program recognises a repetition.</param>
/// <param name="To">An e-mail address.</param>
public sealed record Mail(Guid Id, Guid VolunteerId, string To, string ToName, string Subject, string Text);

/// <summary>The way out of the house: <see cref="SmtpMailer"/> where a server is configured, <see cref="StoredMailer"/> otherwise.</summary>
public interface IMailer
{
    /// <returns>Where the mail is now: sent, or stored.</returns>
    /// <exception cref="MailRefused">It will not be taken later either.</exception>
    Task<MessageState> SendAsync(Mail mail, CancellationToken cancel);
}

/// <summary>The mail server says that the address does not exist.</summary>
public sealed class MailRefused(string message) : Exception(message);
