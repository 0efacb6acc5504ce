using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Messages;

/// <summary>
/// Sends what waits. Each message is locked while it is sent, so that several instances share the work, and marked right after;
/// only a crash in between sends one twice, under the same Message-ID.
/// </summary>
public sealed class MessageSender(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MessageSender> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Poll);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await SendDueAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Messages could not be read; trying again");
            }
        }
    }

    /// <summary>Sends until nothing is due or one could not be sent, since the server that refused it is everybody's. Returns how many went.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancel)
    {
        var sent = 0;
        while (await SendOneAsync(cancel)) sent++;
        return sent;
    }

    private async Task<bool> SendOneAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VolunteerDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var message = (await db.Messages.FromSql($"""
            select * from messages where state = 'Waiting' and due_at <= {clock.GetUtcNow()} order by due_at limit 1 for update skip locked
            """).ToListAsync(cancel)).SingleOrDefault();
        if (message is null) return false;

        var to = await db.Volunteers.SingleAsync(v => v.Id == message.VolunteerId, cancel);
        try
        {
            var (subject, text) = message.Word(to, scope.ServiceProvider.GetRequiredService<ProgrammeSettings>());
            var mail = new Mail(message.Id, to.Id, to.Email!, to.Name!, subject, text);
            message.Went(await scope.ServiceProvider.GetRequiredService<IMailer>().SendAsync(mail, cancel), clock.GetUtcNow());
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            message.NotSent(e.Message, forGood: e is MailRefused, clock.GetUtcNow());
            // Not the error's text: mail servers repeat the address in it.
            log.LogWarning("Message {MessageId} was not sent ({Error}); attempt {Attempt}, now {State}", message.Id, e.GetType().Name, message.Attempts, message.State);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return message.State is MessageState.Sent or MessageState.Stored;
    }
}
