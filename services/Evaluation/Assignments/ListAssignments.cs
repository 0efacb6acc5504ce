using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Assignments;

/// <param name="Respondent">Pseudonym.</param>
/// <param name="Facility">Code.</param>
/// <param name="Closes">End of the window at the facility.</param>
/// <param name="Overdue">Still to be asked after it.</param>
public sealed record AssignmentView(long Id, string Instrument, string Respondent, string Facility, AssignmentState State, int Attempts, DateTimeOffset? LastAttemptAt,
    DateTimeOffset Opens, DateTimeOffset Closes, bool Overdue, long? SubmissionId);

/// <param name="Facility">Code.</param>
/// <param name="Collector">Id: what this collector can do, by its facilities and forms.</param>
public sealed record AssignmentFilter(string? Facility = null, AssignmentState? State = null, Guid? Collector = null);

public static class ListAssignments
{
    public static async Task<Page<AssignmentView>> Handle(string code, [AsParameters] AssignmentFilter filter, [AsParameters] Paging page, EvaluationDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        var (wave, now) = (await db.Waves.AsNoTracking().CodedAsync(code, cancel), clock.GetUtcNow());
        var rows = from a in db.AssignmentStates
                   where a.WaveId == wave.Id && (filter.State == null || a.State == filter.State)
                   join f in db.Facilities on a.FacilityId equals f.Id
                   where filter.Facility == null || f.Code == filter.Facility
                   join p in db.WaveFacilities on new { a.WaveId, a.FacilityId } equals new { p.WaveId, p.FacilityId }
                   select new { a, Code = f.Code!, p.Opens, p.Closes };
        if (filter.Collector is { } collector)
            rows = rows.Where(r => db.Collectors.Any(c => c.Id == collector && c.Facilities.Contains(r.Code)
                && db.Instruments.Any(i => i.Code == r.a.Instrument && c.Forms.Contains(i.FormId))));
        return await rows.PageAsync(r => r.a.Id, page, r => new AssignmentView(r.a.Id, r.a.Instrument, r.a.Respondent, r.Code, r.a.State, r.a.Attempts, r.a.LastAttemptAt,
            r.Opens, r.Closes, r.Closes <= now && (r.a.State == AssignmentState.Due || r.a.State == AssignmentState.NotReached), r.a.SubmissionId), cancel: cancel);
    }
}
