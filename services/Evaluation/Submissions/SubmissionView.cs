using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>A submission as evaluators see it: a pseudonym, no card.</summary>
/// <param name="Facility">Code.</param>
/// <param name="Duplicate">An earlier one of the same respondent, instrument and wave stands, and was not rejected. Computed, so that rejecting that one clears this.</param>
/// <param name="UnknownCard">See <see cref="SubmissionFlags"/>, as the next.</param>
/// <param name="Problems">Answers that the form does not allow; they count as missing. Null for what came before anybody looked.</param>
/// <param name="Answers">Text by item; null: asked and left empty; not there: not asked.</param>
public sealed record SubmissionView(long Id, string FormId, string FormVersion, string InstanceId, string Instrument, string? Respondent, string? Facility, Guid? WaveId,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset ReceivedAt, string SentBy, string? DeviceId, bool ClockOff, bool Late, bool Complete, bool Duplicate,
    bool UnknownCard, bool NotDrawn, IReadOnlyList<AnswerProblem>? Problems, long? OriginalId, long? SupersededBy, ReviewState ReviewState, string? ReviewReason, string? ReviewedBy, DateTimeOffset? ReviewedAt, JsonElement Answers)
{
    public static Expression<Func<Submission, SubmissionView>> Of(EvaluationDb db) => s => new SubmissionView(s.Id, s.FormId, s.FormVersion, s.InstanceId, s.Instrument, s.Respondent,
        db.Facilities.Where(f => f.Id == s.FacilityId).Select(f => f.Code).FirstOrDefault(), s.WaveId, s.StartedAt, s.EndedAt, s.ReceivedAt, s.SentBy, s.DeviceId, s.ClockOff, s.Late,
        s.Complete, db.Submissions.Any(o => o.Respondent != null && o.Respondent == s.Respondent && o.Instrument == s.Instrument && o.WaveId == s.WaveId && o.Id < s.Id
            && o.SupersededBy == null && o.DeletedAt == null && o.ReviewState != ReviewState.Rejected),
        db.SubmissionFlags.Any(f => f.Id == s.Id && f.UnknownCard), db.SubmissionFlags.Any(f => f.Id == s.Id && f.NotDrawn), AnswerProblem.Read(s.Problems), s.OriginalId, s.SupersededBy, s.ReviewState, s.ReviewReason, s.ReviewedBy, s.ReviewedAt, s.Answers);

    /// <summary>Neither deleted nor replaced by an edit; nor an edit that has not taken its place yet, since files of it are still to come.</summary>
    public static IQueryable<Submission> Current(EvaluationDb db) =>
        db.Submissions.AsNoTracking().Where(s => s.DeletedAt == null && s.SupersededBy == null && (s.Complete || s.OriginalId == null));
}

public sealed record AttachmentView(string Name, string ContentType, long Size, string Sha256);
