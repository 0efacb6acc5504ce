using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Clients;

public static class DeleteClient
{
    /// <summary>It gets no further token; the last one it got is good for minutes more. No If-Match: shutting a system out must not have to be repeated.</summary>
    public static async Task<NoContent> Handle(Guid id, IdentityDb db, CancellationToken cancel) =>
        await db.Clients.Where(c => c.Id == id).ExecuteDeleteAsync(cancel) == 1
            ? TypedResults.NoContent()
            : throw new NotThere("client_unknown", "There is no such client.");
}
