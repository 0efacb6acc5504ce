using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Instruments;

public static class PublishInstrument
{
    /// <summary>409 <c>instrument_not_sound</c> with every problem by item, member and language, or the form that survey apps get from now on.</summary>
    public static async Task<InstrumentVersionSummary> Publish(string code, int number, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.NumberedAsync(code, number, cancel);
        version.Publish(await db.StandardForAsync(code, number, cancel), user.Subject(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return InstrumentVersionSummary.From(version);
    }

    public static async Task<InstrumentVersionSummary> Close(string code, int number, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.NumberedAsync(code, number, cancel);
        version.Close(user.Subject(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return InstrumentVersionSummary.From(version);
    }
}
