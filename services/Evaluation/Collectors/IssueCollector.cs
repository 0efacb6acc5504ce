using System.Security.Claims;
using BetterConnections.Evaluation.OpenRosaServer;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

public static class IssueCollector
{
    public static Task<Created<IssuedCollector>> Handle(NewCollector request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.RequireKnownAsync(request, cancel);
        var volunteer = request.Volunteer is { } number ? await db.PresentVolunteerAsync(number, cancel) : null;
        var token = Secret.Create();
        var collector = Collector.Issue(request, volunteer, token, user.Subject(), clock.GetUtcNow());
        db.Collectors.Add(collector);
        await db.SaveChangesAsync(cancel);

        http.Response.Headers.CacheControl = "no-store";
        var address = ServerAddress.Of(http.Request, token);
        return TypedResults.Created($"/api/evaluation/collectors/{collector.Id}",
            new IssuedCollector(CollectorView.From(collector), address, $"{address}/settings.json", $"{address}/settings.png", $"{address}/web"));
    }, cancel);

    /// <summary>Locked, so that whoever leaves meanwhile has its collectors revoked with this one among them.</summary>
    private static async Task<Volunteer> PresentVolunteerAsync(this EvaluationDb db, string number, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.FromSql($"select * from volunteers where number = {number} for share").SingleOrDefaultAsync(cancel)
            ?? throw new BadInput("volunteer_unknown", "No screened volunteer has this number.");
        return volunteer.IsPresent ? volunteer : throw new RuleBroken("volunteer_left", $"{number} has stopped volunteering. Whoever is taken in again can be given a collector.");
    }

    /// <summary>A misspelt form or facility would show only in the field, as an empty list.</summary>
    internal static async Task RequireKnownAsync(this EvaluationDb db, CollectorScope scope, CancellationToken cancel)
    {
        var forms = await db.Instruments.Where(i => scope.Forms.Contains(i.FormId)).Select(i => i.FormId).ToListAsync(cancel);
        if (scope.Forms.Except(forms).ToList() is { Count: > 0 } unknownForms)
            throw new BadInput("form_unknown", "Some of these forms do not exist.").With("forms", unknownForms);
        var facilities = await db.Facilities.Where(f => scope.Facilities.Contains(f.Code!)).Select(f => f.Code!).ToListAsync(cancel);
        if (scope.Facilities.Except(facilities).ToList() is { Count: > 0 } unknownFacilities)
            throw new BadInput("facility_unknown", "Some of these facilities do not exist.").With("facilities", unknownFacilities);
    }
}
