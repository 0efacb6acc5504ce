using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Trainers;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <summary>Why one date of those asked for cannot be.</summary>
/// <param name="Code"><c>room_taken</c>, <c>trainer_taken</c> or <c>trainer_not_assigned</c>.</param>
/// <param name="With">The session that is there already.</param>
public sealed record Clash(DateTimeOffset Starts, string Code, Guid? With = null);

/// <summary>The rules of planning that need more than the session itself. The caller owns the transaction.</summary>
internal static class SessionPlanning
{
    private const int MostMonthsAhead = 24;

    /// <exception cref="BadInput">starts_too_far_ahead: a mistyped year.</exception>
    public static void RequireNear(Slot slot, DateTimeOffset now)
    {
        if (slot.Starts > now.AddMonths(MostMonthsAhead)) throw new BadInput("starts_too_far_ahead", $"Sessions are planned at most {MostMonthsAhead} months ahead.");
    }

    /// <summary>The facility, kept as it is until the transaction ends: neither suspended nor with fewer computers unheard.</summary>
    /// <exception cref="BadInput">facility_unknown</exception>
    /// <exception cref="RuleBroken">facility_not_open, too_many_seats</exception>
    public static async Task<Facility> FacilityForAsync(this TrainingDb db, Guid id, int seats, CancellationToken cancel)
    {
        var facility = await db.Facilities.FromSql($"select * from facilities where id = {id} for share").AsNoTracking().SingleOrDefaultAsync(cancel);
        if (facility is null or { State: FacilityState.NotYetOpen }) throw new BadInput("facility_unknown", "No facility with this id has opened.");
        if (facility.State != FacilityState.Open)
            throw new RuleBroken("facility_not_open", $"{facility.Code} is {facility.State}; sessions are held at open facilities.").With("state", facility.State);
        if (seats > facility.WorkingComputers)
            throw new RuleBroken("too_many_seats", $"{facility.WorkingComputers} computers work at {facility.Code}; there cannot be {seats} seats.")
                .With("workingComputers", facility.WorkingComputers);
        return facility;
    }

    /// <summary>The trainer's assignment at the facility, with shifts over all of <paramref name="slots"/>, kept as it is until the transaction ends.</summary>
    /// <exception cref="RuleBroken">trainer_not_assigned, with the dates that no shifts cover; trainer_not_certified; language_not_spoken</exception>
    public static async Task<Teaching> TeachingByAsync(this TrainingDb db, Guid trainer, Guid facility, string topic, string language, IReadOnlyList<Slot> slots, CancellationToken cancel)
    {
        var assignments = await db.TrainerAssignments
            .FromSql($"select * from trainer_assignments where facility_id = {facility} and volunteer_id = {trainer} and ended_at is null for share")
            .Include(a => a.Shifts).AsNoTracking().ToListAsync(cancel);
        var covering = assignments.FindAll(a => slots.All(s => a.Covers(s.Starts, s.Ends)));
        if (covering.Count == 0)
            throw new RuleBroken("trainer_not_assigned", "The trainer has no accepted assignment at this facility with shifts that cover the time.")
                .With("clashes", slots.Where(s => !assignments.Any(a => a.Covers(s.Starts, s.Ends))).Select(s => new Clash(s.Starts, "trainer_not_assigned")).ToList());
        var certified = covering.FindAll(a => a.Topics.Contains(topic));
        if (certified.Count == 0) throw new RuleBroken("trainer_not_certified", $"The trainer is not certified to teach {topic}.");
        return Teaching.By(trainer, (certified.Find(a => a.Languages.Contains(language))
            ?? throw new RuleBroken("language_not_spoken", $"The trainer does not speak {language}.").With("languages", certified[0].Languages)).Id);
    }

    /// <summary>
    /// Says which dates clash with what is planned already. What another plans at the same moment is not seen here:
    /// the database's exclusion constraints refuse the second of the two, by the same codes.
    /// </summary>
    /// <exception cref="RuleBroken">room_taken, trainer_taken</exception>
    public static async Task RequireFreeAsync(this TrainingDb db, Guid? facility, Guid? trainer, IReadOnlyList<Slot> slots, Guid? except, CancellationToken cancel)
    {
        var (from, to) = (slots.Min(s => s.Starts), slots.Max(s => s.Ends));
        var near = await db.Sessions.AsNoTracking()
            .Where(s => s.State != SessionState.Cancelled && s.Id != except && s.Starts < to && s.Ends > from
                && (facility != null && s.FacilityId == facility || trainer != null && s.TrainerId == trainer))
            .Select(s => new { s.Id, s.FacilityId, s.Starts, s.Ends }).ToListAsync(cancel);
        var clashes = (from slot in slots
                       from other in near
                       where slot.Overlaps(other.Starts, other.Ends)
                       select new Clash(slot.Starts, facility is not null && other.FacilityId == facility ? "room_taken" : "trainer_taken", other.Id)).ToList();
        if (clashes is [var first, ..])
            throw new RuleBroken(first.Code, first.Code == "room_taken" ? "Another session is in this room at that time." : "The trainer has another session at that time.")
                .With("clashes", clashes);
    }
}
