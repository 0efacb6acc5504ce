using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>Drafts may be unfinished: what is wrong with one is told by <c>…/problems</c> and decides only when it is to be published.</summary>
public static class DraftInstrument
{
    /// <summary>An instrument of one's own.</summary>
    public static async Task<Created<InstrumentVersionView>> New(InstrumentDefinition request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var instrument = Instrument.Create(request, clock.GetUtcNow());
        db.Add(instrument);
        return await SaveAsync(instrument.Draft(request, user.Subject(), clock.GetUtcNow()), db, response, cancel);
    }

    /// <summary>A draft of the next version, at first with the text of the latest.</summary>
    public static async Task<Created<InstrumentVersionView>> Next(string code, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var instrument = await db.Instruments.CodedAsync(code, cancel);
        var latest = await db.InstrumentVersions.AsNoTracking().Where(v => v.InstrumentCode == code).OrderByDescending(v => v.Number).FirstAsync(cancel);
        return await SaveAsync(instrument.Draft(latest.Definition, user.Subject(), clock.GetUtcNow()), db, response, cancel);
    }

    /// <summary>Puts the whole text in place of the draft's; needs <c>If-Match</c>.</summary>
    public static async Task<InstrumentVersionView> Edit(string code, int number, InstrumentDefinition request, EvaluationDb db, HttpContext http, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.NumberedAsync(code, number, cancel);
        http.Request.RequireMatch(version.Version);
        version.Edit(request);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(version.Version);
        return InstrumentVersionView.From(version);
    }

    /// <summary>Throws a draft away; an instrument that was never more than this draft goes with it.</summary>
    public static async Task<NoContent> Discard(string code, int number, EvaluationDb db, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.NumberedAsync(code, number, cancel);
        var instrument = await db.Instruments.CodedAsync(code, cancel);
        instrument.Discard(version);
        db.Remove(version);
        if (instrument.LatestNumber == 0) db.Remove(instrument);
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    internal static async Task<Created<InstrumentVersionView>> SaveAsync(InstrumentVersion draft, EvaluationDb db, HttpResponse response, CancellationToken cancel)
    {
        db.Add(draft);
        await db.SaveChangesAsync(cancel);
        response.SetETag(draft.Version);
        return TypedResults.Created($"/api/evaluation/instruments/{draft.InstrumentCode}/versions/{draft.Number}", InstrumentVersionView.From(draft));
    }
}
