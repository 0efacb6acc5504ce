using BetterConnections.Postgres;

namespace BetterConnections.Evaluation.Submissions;

/// <param name="Facility">Code.</param>
/// <param name="Respondent">Pseudonym.</param>
/// <param name="Duplicate">Only those with, or without, an earlier one of the same respondent, instrument and wave.</param>
/// <param name="UnknownCard">Only those with, or without, a card that somebody has; see <see cref="SubmissionFlags"/>, as the next.</param>
/// <param name="Problems">Only those with, or without, answers that the form does not allow.</param>
/// <param name="ReceivedFrom">Inclusive.</param>
/// <param name="ReceivedBefore">Exclusive.</param>
public sealed record SubmissionFilter(string? FormId = null, string? Instrument = null, string? Facility = null, string? Respondent = null, Guid? WaveId = null,
    ReviewState? ReviewState = null, bool? Duplicate = null, bool? ClockOff = null, bool? Late = null, bool? UnknownCard = null, bool? NotDrawn = null, bool? Problems = null, DateTimeOffset? ReceivedFrom = null,
    DateTimeOffset? ReceivedBefore = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListSubmissions
{
    /// <summary>Newest first; current versions only.</summary>
    public static Task<Page<SubmissionView>> Handle([AsParameters] SubmissionFilter filter, EvaluationDb db, CancellationToken cancel)
    {
        var found = SubmissionView.Current(db);
        if (filter.FormId is { } form) found = found.Where(s => s.FormId == form);
        if (filter.Instrument is { } instrument) found = found.Where(s => s.Instrument == instrument);
        if (filter.Facility is { } code) found = found.Where(s => db.Facilities.Any(f => f.Code == code && f.Id == s.FacilityId));
        if (filter.Respondent is { } respondent) found = found.Where(s => s.Respondent == respondent);
        if (filter.WaveId is { } wave) found = found.Where(s => s.WaveId == wave);
        if (filter.ReviewState is { } state) found = found.Where(s => s.ReviewState == state);
        if (filter.ClockOff is { } off) found = found.Where(s => s.ClockOff == off);
        if (filter.Late is { } late) found = found.Where(s => s.Late == late);
        if (filter.UnknownCard is { } unknown) found = found.Where(s => db.SubmissionFlags.Any(f => f.Id == s.Id && f.UnknownCard == unknown));
        if (filter.NotDrawn is { } notDrawn) found = found.Where(s => db.SubmissionFlags.Any(f => f.Id == s.Id && f.NotDrawn == notDrawn));
        if (filter.Problems is { } problems) found = found.Where(s => problems == (s.Problems != null && s.Problems.Length > 0));
        if (filter.ReceivedFrom?.ToUniversalTime() is { } from) found = found.Where(s => s.ReceivedAt >= from);
        if (filter.ReceivedBefore?.ToUniversalTime() is { } before) found = found.Where(s => s.ReceivedAt < before);
        if (filter.Duplicate is { } duplicate) found = found.Where(s => duplicate == db.Submissions.Any(o => o.Respondent != null && o.Respondent == s.Respondent
            && o.Instrument == s.Instrument && o.WaveId == s.WaveId && o.Id < s.Id && o.SupersededBy == null && o.DeletedAt == null && o.ReviewState != Submissions.ReviewState.Rejected));
        return found.PageAsync(s => s.Id, filter, SubmissionView.Of(db), descending: true, cancel);
    }
}
