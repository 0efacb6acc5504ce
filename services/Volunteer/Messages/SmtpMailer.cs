using System.Net;
using System.Net.Mail;
using System.Text;

namespace BetterConnections.Volunteers.Messages;

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailSettings
{
    /// <summary>The SMTP server; empty: mail is stored and not sent.</summary>
    public string Host { get; init; } = "";
    public int Port { get; init; } = 587;
    /// <summary>STARTTLS; off only for a relay on the same machine.</summary>
    public bool Tls { get; init; } = true;
    public string? User { get; init; }
    public string? Password { get; init; }
    /// <summary>The sender's address.</summary>
    public string From { get; init; } = "";
}

/// <summary>One connection per mail: a volunteer programme sends hundreds a day, not a second. See docs/decisions/0008.</summary>
public sealed class SmtpMailer(MailSettings settings, ProgrammeSettings programme) : IMailer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<MessageState> SendAsync(Mail mail, CancellationToken cancel)
    {
        using var smtp = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User is { } user) smtp.Credentials = new NetworkCredential(user, settings.Password);
        var from = new MailAddress(settings.From, programme.Name, Encoding.UTF8);
        using var message = new MailMessage(from, new MailAddress(mail.To, mail.ToName, Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Longest);
        try
        {
            await smtp.SendMailAsync(message, deadline.Token);
            return MessageState.Sent;
        }
        catch (SmtpException e) when (e.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath)
        {
            throw new MailRefused(e.Message);
        }
    }
}
