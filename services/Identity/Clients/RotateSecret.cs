using BetterConnections.ServiceDefaults;

namespace BetterConnections.Identity.Clients;

public static class RotateSecret
{
    public static async Task<ClientSecret> Handle(Guid id, IdentityDb db, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var client = await db.Clients.FindAsync([id], cancel) ?? throw new NotThere("client_unknown", "There is no such client.");
        var secret = client.GiveSecret(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        response.Headers.CacheControl = "no-store";
        return new(ClientView.From(client), secret);
    }
}
