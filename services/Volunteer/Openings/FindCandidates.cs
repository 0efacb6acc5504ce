using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <param name="Number">The volunteer's.</param>
/// <param name="Total">Points, of 100 unless the programme weighs otherwise; the sum of the factors'.</param>
public sealed record Candidate(Guid VolunteerId, string Number, double Total, IReadOnlyList<Factor> Factors, Figures Figures);

/// <param name="Name"><c>language</c>, <c>qualification</c>, <c>distance</c>, <c>availability</c> or <c>load</c>.</param>
/// <param name="Most">The points it can give.</param>
/// <param name="Why">
/// What they are given for: <c>any_language</c>, <c>language_spoken</c>, <c>language_missing</c> (stands below all who speak one); <c>certified</c>,
/// <c>certified_until</c>, <c>skill_offered</c>, <c>skill_missing</c>; <c>distance_known</c>, <c>distance_unknown</c>; <c>free_at_shifts</c>,
/// <c>free_hours</c>; <c>hours_accepted</c>. The figures say how much.
/// </param>
public sealed record Factor(string Name, double Points, double Most, string Why);

/// <param name="Language">The one of those wanted that gives most; null where none is spoken, or any will do.</param>
/// <param name="LanguageRank">Its place among those wanted, from 1.</param>
/// <param name="CertifiedUntil">Null without an end, and without a certificate.</param>
/// <param name="Km">From home to the facility; null where either place is not known.</param>
/// <param name="WeeklyHours">At which they say they can come.</param>
/// <param name="AwayDays">Of the opening's.</param>
/// <param name="FreeShifts">Of those asked about.</param>
/// <param name="LoadHours">A week, accepted for the opening's time already.</param>
public sealed record Figures(string? Language, LanguageLevel? LanguageLevel, int? LanguageRank, DateOnly? CertifiedUntil, double? Km, double WeeklyHours, int AwayDays,
    int FreeShifts, double LoadHours);

public static class FindCandidates
{
    /// <summary>
    /// Best first. <paramref name="shift"/> is a time that somebody is wanted for, <c>2026-12-04T15:00Z/2026-12-04T17:00Z</c>, and may be repeated: then
    /// it counts who is free at those. 400 <c>shifts_not_valid</c>; 409 <c>opening_filled</c>, <c>opening_closed</c>.
    /// </summary>
    public static async Task<IReadOnlyList<Candidate>> Handle(Guid id, VolunteerDb db, VolunteeringSettings settings, ProgrammeSettings programme, TimeProvider clock,
        CancellationToken cancel, [Range(1, 200)] int limit = 20, [MaxLength(60)] string[]? shift = null)
    {
        var opening = await db.Openings.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel) ?? throw new NotThere("opening_unknown", "There is no such opening.");
        opening.RequireOpen();
        var now = clock.GetUtcNow();
        if (opening.Ends <= now) throw new RuleBroken("opening_closed", "The time of this opening is over.");
        var facility = await db.Facilities.AsNoTracking().SingleAsync(f => f.Id == opening.FacilityId, cancel);
        var shifts = shift is { Length: > 0 } ? Shifts.Check([.. shift.Select(Shifts.Read)], opening, now) : [];
        var rows = await db.RankCandidatesAsync(opening, facility, now > opening.Starts ? now : opening.Starts, shifts, settings, programme, limit, cancel);
        return [.. rows.Select(row => new Candidate(row.VolunteerId, row.Number, Math.Round(row.Total, 1), FactorsOf(row, opening, shifts.Count, settings.Matching), FiguresOf(row, programme)))];
    }

    private static IReadOnlyList<Factor> FactorsOf(CandidateRow row, Opening opening, int shifts, MatchingWeights most) =>
    [
        Of("language", row.LanguagePoints, most.Language,
            opening.Languages.Length == 0 ? "any_language" : row.Language is null ? "language_missing" : "language_spoken"),
        Of("qualification", row.QualificationPoints, most.Certificate, opening.Role switch
        {
            AssignmentRole.Trainer => row.CertifiedUntil is null ? "certified" : "certified_until",
            _ => row.HasSkill ? "skill_offered" : "skill_missing",
        }),
        Of("distance", row.DistancePoints, most.Distance, row.Km is null ? "distance_unknown" : "distance_known"),
        Of("availability", row.AvailabilityPoints, most.Availability, shifts > 0 ? "free_at_shifts" : "free_hours"),
        Of("load", row.LoadPoints, most.Load, "hours_accepted"),
    ];

    private static Factor Of(string name, double points, double most, string why) => new(name, Math.Round(points, 1), most, why);

    private static Figures FiguresOf(CandidateRow row, ProgrammeSettings programme) => new(row.Language, (LanguageLevel?)row.LanguageLevel, (int?)row.LanguageRank,
        row.CertifiedUntil is { } until ? programme.Day(until) : null, row.Km is { } km ? Math.Round(km, 1) : null,
        Math.Round(row.WeeklyHours, 1), row.AwayDays, row.FreeShifts, Math.Round(row.LoadHours, 1));
}
