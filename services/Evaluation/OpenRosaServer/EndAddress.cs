using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.OpenRosaServer;

public static class EndAddress
{
    /// <summary>
    /// For the phone that its volunteer signs out of: the browser's history keeps the address, which opens nothing from then on. Of a collector
    /// without a volunteer nothing ends, for nobody could give it another address.
    /// </summary>
    public static async Task<NoContent> Handle(FieldCollector collector, string token, EvaluationDb db, AuditTrail trail, CancellationToken cancel)
    {
        trail.Subject = collector.Id.ToString(); // nobody is signed in here: the address is who asks
        var (ended, unknown) = (Secret.Hash(token), Secret.Hash(Secret.Create()));
        // By the address, for another phone may have got the collector's next one meanwhile.
        await db.Collectors.Where(c => c.Id == collector.Id && c.TokenHash == ended && c.VolunteerId != null).ExecuteUpdateAsync(c => c.SetProperty(x => x.TokenHash, unknown), cancel);
        return TypedResults.NoContent();
    }
}
