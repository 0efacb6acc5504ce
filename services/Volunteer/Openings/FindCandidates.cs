using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Openings;

/// <param name="Number">The volunteer's.</param>
/// <param name="Total">Points, of 100 unless the programme weighs otherwise; the sum of the factors'.</param>
public sealed record Candidate(Guid VolunteerId, string Number, double Total, IReadOnlyList<Factor> Factors);

/// <param name="Name"><c>language</c>, <c>qualification</c>, <c>distance</c>, <c>availability</c> or <c>load</c>.</param>
/// <param name="Most">The points it can give.</param>
/// <param name="Why">What they are given for, in a sentence.</param>
public sealed record Factor(string Name, double Points, double Most, string Why);

public static class FindCandidates
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

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
        return [.. rows.Select(row => new Candidate(row.VolunteerId, row.Number, Math.Round(row.Total, 1), Explain(row, opening, shifts.Count, settings)))];
    }

    private static IReadOnlyList<Factor> Explain(CandidateRow row, Opening opening, int shifts, VolunteeringSettings settings)
    {
        var most = settings.Matching;
        return
        [
            Of("language", row.LanguagePoints, most.Language, row switch
            {
                _ when opening.Languages.Length == 0 => "any language will do",
                { Language: null } => $"speaks none of {string.Join(", ", opening.Languages)}, so stands below all who speak one",
                _ => $"speaks {row.Language} ({((LanguageLevel)row.LanguageLevel!).ToString().ToLowerInvariant()}), the {Ordinal(row.LanguageRank!.Value)} language wanted",
            }),
            Of("qualification", row.QualificationPoints, most.Certificate, opening.Role switch
            {
                AssignmentRole.Trainer when row.CertifiedUntil is not { } until => "certified for all that is to be taught, without end",
                AssignmentRole.Trainer => $"certified for all that is to be taught, until {row.CertifiedUntil:yyyy-MM-dd}",
                _ when row.HasSkill => $"offers to work as {opening.Role.Word()}",
                _ => $"has not offered to work as {opening.Role.Word()}",
            }),
            Of("distance", row.DistancePoints, most.Distance, row.Km is { } km ? FormattableString.Invariant($"{km:0.0} km") : "where it lives, or the facility is, is not known"),
            Of("availability", row.AvailabilityPoints, most.Availability, shifts > 0 ? $"is free at {row.FreeShifts} of {shifts} shifts" : FormattableString.Invariant(
                $"can come {row.WeeklyHours:0.#} hours a week of {opening.HoursPerWeek}{(row.AwayDays > 0 ? $", away for {row.AwayDays} days" : "")}")),
            Of("load", row.LoadPoints, most.Load, FormattableString.Invariant($"has accepted {row.LoadHours:0.#} hours a week in this time")),
        ];
    }

    private static Factor Of(string name, double points, double most, string why) => new(name, Math.Round(points, 1), most, why);

    private static string Ordinal(long rank) => rank <= Ordinals.Length ? Ordinals[rank - 1] : $"{rank}th";
}
