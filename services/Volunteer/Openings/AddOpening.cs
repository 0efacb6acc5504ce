using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Facilities;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <param name="Languages">ISO 639-1 codes, most wanted first; the facility's where left out.</param>
/// <param name="Topics">Slugs of toolkit topics, for trainers; the facility's where left out.</param>
/// <param name="HoursPerWeek">Of one person; what the programme asks for in this role where left out.</param>
public sealed record NewOpening(
    [Required] Guid? FacilityId,
    [Required] AssignmentRole? Role,
    [property: JsonRequired] DateTimeOffset Starts,
    [property: JsonRequired] DateTimeOffset Ends,
    [Range(1, 50)] int People = 1,
    [MaxLength(10)] IReadOnlyList<string>? Languages = null,
    [MaxLength(20)] IReadOnlyList<string>? Topics = null,
    [Range(1, 60)] int? HoursPerWeek = null);

public static class AddOpening
{
    /// <summary>400 <c>period_not_valid</c>, <c>language_unknown</c>, <c>topics_not_expected</c>; 409 <c>facility_ended</c>.</summary>
    public static Task<Created<OpeningView>> Handle(NewOpening request, VolunteerDb db, ProgrammeSettings programme, VolunteeringSettings settings,
        ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        if (request.Ends <= request.Starts || request.Ends <= now) throw new BadInput("period_not_valid", "An opening ends after it starts, and not in the past.");
        if (request.Topics is { Count: > 0 } && request.Role != AssignmentRole.Trainer) throw new BadInput("topics_not_expected", "Topics are a trainer's.");
        programme.RequireLanguages(request.Languages ?? []);
        // Shared, so that the facility cannot end while this is written down.
        var facility = await db.Facilities.FromSql($"select * from facilities where id = {request.FacilityId} for share").SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("facility_unknown", "There is no such facility.");
        if (facility.State == FacilityState.Ended) throw new RuleBroken("facility_ended", $"{facility.Name} has closed or withdrawn.");

        var usual = OpenNeeds.Of(request.Role!.Value, facility, settings, request.Starts.ToUniversalTime());
        var opening = Opening.For(facility, $"by-hand:{Guid.CreateVersion7(now)}", usual with
        {
            Ends = request.Ends.ToUniversalTime(),
            Languages = request.Languages ?? usual.Languages,
            Topics = request.Topics ?? usual.Topics,
            HoursPerWeek = request.HoursPerWeek ?? usual.HoursPerWeek,
            People = request.People,
        }, user.Subject(), now);
        db.Openings.Add(opening);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/volunteer/openings/{opening.Id}", await ReadOpenings.One(opening.Id, db, user, clock, cancel));
    }, cancel);
}
