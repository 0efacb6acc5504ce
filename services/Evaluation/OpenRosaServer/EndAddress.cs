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
    public static async Task<NoContent> Handle(FieldCollector collector, EvaluationDb db, CancellationToken cancel)
    {
        var unknown = Secret.Hash(Secret.Create());
        await db.Collectors.Where(c => c.Id == collector.Id && c.VolunteerId != null).ExecuteUpdateAsync(c => c.SetProperty(x => x.TokenHash, unknown), cancel);
        return TypedResults.NoContent();
    }
}
