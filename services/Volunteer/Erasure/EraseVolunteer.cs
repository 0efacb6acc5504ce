using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Availability;
using BetterConnections.Volunteers.Calendars;
using BetterConnections.Volunteers.Letters;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.SiteReports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Erasure;

/// <summary>
/// Forgets a volunteer on request. What leads to the person goes, here and in the stored answers to requests; rows without a name stay,
/// so that hours, visits and reports still add up. Events that were sent name the account's id for 7 days more (decision 17), and the audit
/// trail for good (decision 19). Who was erased is not there any more, so a second time does nothing.
/// </summary>
public static class EraseVolunteer
{
    public static async Task<NoContent> Handle(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Volunteers.SeenBy(user).AnyAsync(v => v.Id == id, cancel)) await db.EraseAsync(id, new Act(user.Subject(), clock.GetUtcNow(), "erased on request"), cancel);
        else if (!user.IsInRole(Roles.ProgrammeOffice) || !await db.Volunteers.AnyAsync(v => v.Id == id, cancel))
            throw new NotThere("volunteer_unknown", "There is no such volunteer.");
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> Own(VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var account = user.Subject();
        if (await db.Volunteers.Where(v => v.Account == account).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancel) is { } id)
            await db.EraseAsync(id, new Act(Act.Self, clock.GetUtcNow(), "erased on request"), cancel);
        return TypedResults.NoContent();
    }

    private static Task<bool> EraseAsync(this VolunteerDb db, Guid id, Act act, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        // A lock under which a message that is being sent can still note whom it went to; the messages are then waited for before anything else.
        await db.Database.ExecuteSqlAsync($"select 1 from volunteers where id = {id} for no key update", cancel);
        if (await db.Volunteers.FindOneAsync(id, cancel) is not { } volunteer) return false; // somebody else was quicker
        await db.Messages.Where(m => m.VolunteerId == id).ExecuteDeleteAsync(cancel);

        var account = volunteer.Account;
        await db.CancelAssignmentsAsync(a => a.VolunteerId == id, act, cancel);
        db.Publish(new VolunteerErased(id, act.At));
        volunteer.Erase(act);
        await db.SaveChangesAsync(cancel);

        await db.Set<WeeklySlot>().Where(s => s.VolunteerId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Absence>().Where(a => a.VolunteerId == id).ExecuteDeleteAsync(cancel);
        await db.Set<SentMail>().Where(m => m.VolunteerId == id).ExecuteDeleteAsync(cancel);
        await db.Messages.Where(m => m.VolunteerId == id).ExecuteDeleteAsync(cancel);
        await db.Set<CalendarKey>().Where(k => k.VolunteerId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Letter>().Where(l => l.VolunteerId == id).ExecuteDeleteAsync(cancel);
        // Reasons are free text, in which people call each other by name.
        await db.Set<VolunteerEvent>().Where(e => e.VolunteerId == id).ExecuteUpdateAsync(e => e.SetProperty(x => x.Why, (string?)null), cancel);
        await db.Assignments.Where(a => a.VolunteerId == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Why, (string?)null), cancel);
        await db.Visits.Where(v => v.VolunteerId == id).ExecuteUpdateAsync(v => v.SetProperty(x => x.Why, (string?)null), cancel);
        await db.Set<SiteProblem>().Where(p => db.Set<SiteReport>().Any(r => r.Id == p.ReportId && r.VolunteerId == id))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.Text, (string?)null), cancel);
        await db.Set<SitePhoto>().Where(p => db.SiteReports.Any(r => r.Id == p.ReportId && r.VolunteerId == id)).ExecuteDeleteAsync(cancel);
        // Answers to its own requests, and to others' that show it.
        await db.Database.ExecuteSqlAsync(
            $"delete from idempotency_keys where caller = {account} or position(convert_to({id.ToString()}, 'UTF8') in body) > 0", cancel);
        return true;
    }, cancel);
}
