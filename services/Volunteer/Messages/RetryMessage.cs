using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Messages;

public static class RetryMessage
{
    public static async Task<MessageState> Handle(Guid id, VolunteerDb db, TimeProvider clock, CancellationToken cancel)
    {
        var message = await db.Messages.SingleOrDefaultAsync(m => m.Id == id, cancel) ?? throw new NotThere("message_unknown", "There is no such message.");
        if (message.State != MessageState.Failed) throw new RuleBroken("message_not_failed", $"The message is {message.State}.").With("state", message.State);
        message.TryAgain(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return message.State;
    }
}
