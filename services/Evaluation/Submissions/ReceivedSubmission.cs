namespace BetterConnections.Evaluation.Submissions;

/// <summary>A submission that was read and is not yet stored.</summary>
/// <param name="Deprecates">Instance id of the version that this one edits.</param>
/// <param name="Respondent">A pseudonym.</param>
/// <param name="Facility">Code.</param>
/// <param name="Answers">JSON, see <see cref="Submission.Answers"/>.</param>
/// <param name="Body">As received.</param>
public sealed record ReceivedSubmission(string FormId, string FormVersion, string InstanceId, string? Deprecates, string? Respondent, string? Facility,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Answers, string MediaType, byte[] Body)
{
    public Guid? CollectorId { get; init; }
    public string SentBy { get; init; } = "";
    public string? DeviceId { get; init; }
    public bool IsComplete { get; init; } = true;
    /// <summary>The phone wrote a time that is none, or one before it had its collector's address.</summary>
    public bool HasImpossibleTime { get; init; }
    /// <summary>Answers that the form does not allow.</summary>
    public IReadOnlyList<AnswerProblem> Problems { get; init; } = [];
}
