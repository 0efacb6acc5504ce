using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Timetable;

/// <param name="FacilityId">The facility whose sessions are wanted; without it, the sessions that the caller, a trainer, gives.</param>
public sealed record NewCalendar(Guid? FacilityId = null);

/// <param name="Url">For the calendar program. Told once: whoever has it reads the feed.</param>
public sealed record CreatedCalendar(Guid Id, Guid? FacilityId, string Url);

public sealed record CalendarView(Guid Id, Guid? FacilityId, DateTimeOffset CreatedAt);

/// <summary>Feeds of the caller: made, listed, revoked.</summary>
public static class CalendarFeeds
{
    /// <summary>More than anybody subscribes to, so that a program gone wrong does not fill the table.</summary>
    private const int MostFeeds = 50;

    public static async Task<Created<CreatedCalendar>> Create(NewCalendar request, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var (owner, token) = (user.Subject(), Secret.Create());
        if (await db.CalendarFeeds.CountAsync(f => f.Owner == owner, cancel) >= MostFeeds)
            throw new RuleBroken("too_many_calendars", $"You have {MostFeeds} calendars; revoke some.");
        var feed = new CalendarFeed
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            TokenHash = Secret.Hash(token),
            Owner = owner,
            TrainerId = request.FacilityId is null ? await TrainerAsync(db, user, cancel) : null,
            FacilityId = request.FacilityId is { } facility ? await FacilityAsync(db, user, facility, cancel) : null,
            CreatedAt = clock.GetUtcNow(),
        };
        db.CalendarFeeds.Add(feed);
        await db.SaveChangesAsync(cancel);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/training/calendars/{feed.Id}",
            new CreatedCalendar(feed.Id, feed.FacilityId, programme.Address($"/api/training/public/calendar/key/{token}/sessions.ics")));
    }

    public static Task<List<CalendarView>> List(TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var owner = user.Subject();
        return db.CalendarFeeds.Where(f => f.Owner == owner).OrderBy(f => f.Id).Select(f => new CalendarView(f.Id, f.FacilityId, f.CreatedAt)).ToListAsync(cancel);
    }

    public static async Task<NoContent> Revoke(Guid id, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var owner = user.Subject();
        if (await db.CalendarFeeds.Where(f => f.Id == id && f.Owner == owner).ExecuteDeleteAsync(cancel) == 0)
            throw new NotThere("calendar_unknown", "You have no such calendar.");
        return TypedResults.NoContent();
    }

    private static async Task<Guid> TrainerAsync(TrainingDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        user.IsInRole(Roles.Volunteer) && await db.SelfOf(user).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(cancel) is { } trainer ? trainer
            : throw new BadInput("facility_required", "Only a trainer has sessions of its own; say which facility's are wanted.");

    private static async Task<Guid> FacilityAsync(TrainingDb db, ClaimsPrincipal user, Guid facility, CancellationToken cancel) =>
        // A volunteer's assignment ends, a feed does not: it has the sessions it gives, and no facility's.
        !user.IsInRole(Roles.Volunteer) && await db.FacilitiesVisibleTo(user).AnyAsync(f => f.Id == facility, cancel) ? facility
            : throw new NotThere("facility_unknown", "There is no such facility.");
}
