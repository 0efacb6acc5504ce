using System.Security.Claims;
using BetterConnections.Evaluation.OpenRosaServer;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

public static class IssueCollector
{
    public static async Task<Created<IssuedCollector>> Handle(NewCollector request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel)
    {
        await db.RequireKnownAsync(request, cancel);
        var volunteer = request.Volunteer is not { } number ? null : await db.Volunteers.SingleOrDefaultAsync(v => v.Number == number, cancel)
            ?? throw new BadInput("volunteer_unknown", "No screened volunteer has this number.");
        var token = Secret.Create();
        var collector = Collector.Issue(request, volunteer, token, user.Subject(), clock.GetUtcNow());
        db.Collectors.Add(collector);
        await db.SaveChangesAsync(cancel);

        http.Response.Headers.CacheControl = "no-store";
        var address = ServerAddress.Of(http.Request, token);
        return TypedResults.Created($"/api/evaluation/collectors/{collector.Id}",
            new IssuedCollector(CollectorView.From(collector), address, $"{address}/settings.json", $"{address}/settings.png", $"{address}/web"));
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
