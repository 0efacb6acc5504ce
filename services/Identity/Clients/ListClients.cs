using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Clients;

public static class ListClients
{
    /// <summary>By name.</summary>
    public static Task<Page<ClientView>> Handle([AsParameters] Paging paging, IdentityDb db, CancellationToken cancel) =>
        db.Clients.AsNoTracking().PageAsync(c => c.Name, paging, ClientView.Of, cancel: cancel);
}
