using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

/// <param name="Id">Made by the phone; sent again it changes nothing and is answered alike.</param>
/// <param name="At">When it was written, by the phone's clock.</param>
/// <param name="SentAt">The phone's clock as it sends; by it a wrong clock is put right.</param>
/// <param name="DevicesWorking">Computers that start and can be used.</param>
/// <param name="DevicesExpected">Computers that should be there; those delivered where left out.</param>
/// <param name="PeopleSeen">Heads counted.</param>
public sealed record FoundOnSite(
    [Required] Guid? Id,
    [Required] Guid? FacilityId,
    [Required] DateTimeOffset? At,
    [Required, Range(0, 500)] int? DevicesWorking,
    [Required] bool? InternetUp,
    [Required, Range(0, 5000)] int? PeopleSeen,
    [Range(0, 500)] int? DevicesExpected = null,
    [MaxLength(50)] IReadOnlyList<FoundProblem>? Problems = null,
    DateTimeOffset? SentAt = null);

/// <param name="Barcode">The device's, where a device is concerned and its label can be read.</param>
/// <param name="Text">What is wrong; no names of people.</param>
public sealed record FoundProblem(
    [Required] ProblemConcern? Concerns,
    [RegularExpression("^ *[A-Za-z]+-?[0-9]{6,}-?[0-9A-Za-z] *$")] string? Barcode = null,
    [StringLength(500)] string? Text = null);

public static class ReportSite
{
    /// <summary>
    /// By who has, or had then, an accepted assignment at the facility; to others it is not there. 400 <c>time_in_future</c>, <c>devices_too_many</c>,
    /// <c>barcode_not_expected</c>; 409 <c>devices_not_delivered</c>, <c>too_late</c>, <c>report_id_taken</c>.
    /// </summary>
    public static Task<Created<SiteReportView>> Handle(FoundOnSite found, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var (now, id) = (clock.GetUtcNow(), found.Id!.Value);
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        // One report of a phone at a time: a repetition at the same moment waits and finds the first.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 0))", cancel);
        if (await db.SiteReports.AsSplitQuery().Where(r => r.Id == id).Select(SiteReportView.Of).SingleOrDefaultAsync(cancel) is { } known)
            return known.VolunteerId == volunteer.Id && known.FacilityId == found.FacilityId ? Created(known)
                : throw new RuleBroken("report_id_taken", "This id belongs to another report; make a new one.");

        var at = DeviceTime.Read(found.At!.Value, found.SentAt, now, settings);
        var assignment = await db.AssignmentThereAsync(volunteer, found.FacilityId!.Value, at.At, settings, cancel);
        var delivered = await db.Facilities.Where(f => f.Id == assignment.FacilityId).Select(f => f.Computers).SingleAsync(cancel) ?? settings.KitComputers;
        if (found.DevicesExpected > delivered)
            throw new RuleBroken("devices_not_delivered", $"{delivered} computers were delivered; {found.DevicesExpected} cannot be there.").With("delivered", delivered);
        var report = new SiteReport
        {
            Id = id,
            FacilityId = assignment.FacilityId,
            VolunteerId = volunteer.Id,
            AssignmentId = assignment.Id,
            At = at.At,
            ReceivedAt = now,
            ClockSkewSeconds = at.SkewSeconds,
            DevicesWorking = found.DevicesWorking!.Value,
            DevicesExpected = found.DevicesExpected ?? delivered,
            InternetUp = found.InternetUp!.Value,
            PeopleSeen = found.PeopleSeen!.Value,
            Problems = [.. (found.Problems ?? []).Select((p, i) => Problem(id, p, now.AddMilliseconds(i)))], // their ids keep the order
        };
        if (report.DevicesWorking > report.DevicesExpected)
            throw new BadInput("devices_too_many", $"{report.DevicesWorking} computers cannot work of {report.DevicesExpected}.");
        db.SiteReports.Add(report);
        db.Publish(new SiteReported(id, report.FacilityId, volunteer.Id, report.DevicesWorking, report.DevicesExpected, report.InternetUp, report.PeopleSeen,
            [.. report.Problems.Select(p => new ReportedProblem(p.Id, p.Concerns.ToString().ToLowerInvariant(), p.Barcode))], report.At));
        await db.SaveChangesAsync(cancel);
        return Created(SiteReportView.From(report));
    }, cancel);

    private static SiteProblem Problem(Guid report, FoundProblem problem, DateTimeOffset at) =>
        problem is { Barcode: not null, Concerns: not ProblemConcern.Device } ? throw new BadInput("barcode_not_expected", "Only a device's problem carries a barcode.")
        : new() { Id = Guid.CreateVersion7(at), ReportId = report, Concerns = problem.Concerns!.Value, Barcode = problem.Barcode?.Trim().ToUpperInvariant(), Text = problem.Text?.Trim() };

    /// <summary>The latest of the volunteer's assignments at the facility that had begun to count then and was not over.</summary>
    private static async Task<Assignment> AssignmentThereAsync(this VolunteerDb db, Volunteer volunteer, Guid facilityId, DateTimeOffset at, VolunteeringSettings settings,
        CancellationToken cancel)
    {
        var (begin, end) = (at.AddMinutes(settings.VisitToleranceMinutes), at.AddMinutes(-settings.VisitToleranceMinutes));
        return await db.Assignments.AsNoTracking().Where(a => a.VolunteerId == volunteer.Id && a.FacilityId == facilityId && a.AcceptedAt <= begin
                && (a.State == AssignmentState.Accepted || a.EndedAt >= end))
            .OrderByDescending(a => a.Number).FirstOrDefaultAsync(cancel)
            ?? throw new NotThere("facility_unknown", "There is no such facility among those you are assigned to.");
    }

    private static Created<SiteReportView> Created(SiteReportView report) => TypedResults.Created($"/api/volunteer/site-reports/{report.Id}", report);
}
