using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Facilities;

/// <param name="WorkingComputers">The most seats a session there can have.</param>
public sealed record FacilityView(Guid Id, string Code, string? Zone, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, FacilityState State,
    DateTimeOffset? OpenedAt, int WorkingComputers);

/// <summary>A volunteer who may teach there.</summary>
/// <param name="Shifts">When it comes: sessions lie within.</param>
public sealed record TrainerView(Guid AssignmentId, Guid VolunteerId, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, DateTimeOffset Starts, DateTimeOffset Ends,
    IReadOnlyList<TrainerShiftView> Shifts);

public sealed record TrainerShiftView(DateTimeOffset Starts, DateTimeOffset Ends);

/// <param name="Code">Beginning of a code.</param>
public sealed record FacilityFilter([property: StringLength(40)] string? Code = null, string? Zone = null, FacilityState? State = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadFacilities
{
    public static async Task<Page<FacilityView>> List([AsParameters] FacilityFilter filter, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facilities = db.FacilitiesVisibleTo(user).Where(f => f.Code != null);
        if (filter.Code?.Trim().ToUpperInvariant() is { Length: > 0 } code) facilities = facilities.Where(f => f.Code!.StartsWith(code));
        if (filter.Zone is { } zone) facilities = facilities.Where(f => f.Zone == zone);
        if (filter.State is { } state) facilities = facilities.Where(f => f.State == state);
        return await facilities.PageAsync(f => f.Code!, filter, f => new FacilityView(f.Id, f.Code!, f.Zone, f.Languages, f.Topics, f.State, f.OpenedAt,
            f.WorkingComputers), cancel: cancel);
    }

    public static async Task<FacilityView> One(Guid id, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.FacilitiesVisibleTo(user).Where(f => f.Id == id && f.Code != null).Select(f => new FacilityView(f.Id, f.Code!, f.Zone, f.Languages, f.Topics,
            f.State, f.OpenedAt, f.WorkingComputers)).SingleOrDefaultAsync(cancel) ?? throw new NotThere("facility_unknown", "There is no such facility.");

    public static Task<Page<TrainerView>> Trainers(Guid id, [AsParameters] Paging page, TrainingDb db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return db.TrainerAssignments.AsNoTracking().Where(a => a.FacilityId == id && a.EndedAt == null && a.Ends > now).PageAsync(a => a.Id, page,
            a => new TrainerView(a.Id, a.VolunteerId, a.Languages, a.Topics, a.Starts, a.Ends,
                a.Shifts.OrderBy(s => s.Starts).Select(s => new TrainerShiftView(s.Starts, s.Ends)).ToList()), cancel: cancel);
    }
}
