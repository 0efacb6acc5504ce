namespace BetterConnections.Identity.Accounts;

public static class UnlockAccount
{
    /// <summary>Ends a lock before its time and forgets the wrong passwords. An account that is not locked stays as it is.</summary>
    public static async Task<AccountView> Handle(Guid id, IdentityDb db, CancellationToken cancel)
    {
        var account = await db.Accounts.WithIdAsync(id, cancel);
        account.Unlock();
        await db.SaveChangesAsync(cancel);
        return AccountView.From(account);
    }
}
