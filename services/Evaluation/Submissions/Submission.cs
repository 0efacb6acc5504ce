using System.Text.Json;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

public enum ReviewState { Received, Approved, Rejected }

/// <summary>
/// One filled form as it came. What arrived is never changed: an edit is a row of its own that supersedes this one, and the review
/// stands beside the answers. Written by <see cref="SubmissionStore"/>.
/// </summary>
public sealed class Submission
{
    private Submission() { }

    /// <summary>In the order of arrival.</summary>
    public long Id { get; private set; }
    public string FormId { get; private set; } = null!;
    public string FormVersion { get; private set; } = null!;
    /// <summary>
    /// Made by the app, <c>uuid:…</c>; with the form it makes the submission the same one, however often it comes. A partner system's own
    /// begins with its account: no two partners' ids meet.
    /// </summary>
    public string InstanceId { get; private set; } = null!;
    public Guid VersionId { get; private set; }
    /// <summary><c>I1</c> to <c>I7</c>.</summary>
    public string Instrument { get; private set; } = null!;
    /// <summary>Null for what a partner system sent.</summary>
    public Guid? CollectorId { get; private set; }
    public string SentBy { get; private set; } = null!;
    public string? DeviceId { get; private set; }
    /// <summary>The worker's pseudonym; null where the form asks no worker.</summary>
    public string? Respondent { get; private set; }
    public Guid? FacilityId { get; private set; }
    public Guid? WaveId { get; private set; }
    /// <summary>By the phone's clock, as <see cref="EndedAt"/>.</summary>
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>By ours.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }
    /// <summary>
    /// The phone's clock says what cannot be: before the form was published or its collector's address given out, later than now, an end
    /// before the start, or something that is no time.
    /// </summary>
    public bool ClockOff { get; private set; }
    /// <summary>Came when its wave had closed; an edit of an interview that came in time is late by its own arrival.</summary>
    public bool Late { get; private set; }
    /// <summary>False while files of a split submission are still to come; an edit takes its place when they are here.</summary>
    public bool Complete { get; private set; }
    /// <summary>The first version of what this is an edit of; null for a first version.</summary>
    public long? OriginalId { get; private set; }
    /// <summary>The edit that took its place; null for the current version.</summary>
    public long? SupersededBy { get; private set; }
    public ReviewState ReviewState { get; private set; }
    public string? ReviewReason { get; private set; }
    public string? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public DateTimeOffset? DeletedAt { get; private set; }
    public string? DeletedBy { get; private set; }
    /// <summary><c>text/xml</c>, or <c>application/json</c> from a partner system.</summary>
    public string MediaType { get; private set; } = null!;
    public byte[] Sha256 { get; private set; } = null!;
    /// <summary>As received. It holds the card that was scanned; what is given out are <see cref="Answers"/>.</summary>
    public byte[] Body { get; private set; } = null!;
    /// <summary>Text by item; null: asked and left empty; not there: not asked. A repeated item has a list.</summary>
    public JsonElement Answers { get; private set; }
    /// <summary>Answers that the form does not allow, see <see cref="AnswerProblem"/>. They are kept and count as missing. Null for what came before anybody looked.</summary>
    public string[]? Problems { get; private set; }
    public uint Version { get; private set; }

    public void Review(ReviewState state, string? reason, string by, DateTimeOffset at)
    {
        RequireCurrent();
        if (!Complete && state == ReviewState.Approved) throw new RuleBroken("submission_incomplete", "Files of this submission are still to come.");
        (ReviewState, ReviewReason, ReviewedBy, ReviewedAt) = (state, reason, by, at);
    }

    /// <summary>Its content goes; that it was there stays, so that a phone sending it again hears that it is not wanted.</summary>
    public void Delete(string by, DateTimeOffset at)
    {
        (DeletedBy, DeletedAt) = (by, at);
        (Body, Answers, Problems, Respondent, DeviceId) = ([], JsonSerializer.SerializeToElement(new { }), null, null, null);
    }

    private void RequireCurrent()
    {
        if (DeletedAt is not null) throw new RuleBroken("submission_deleted", "This submission was deleted.");
        if (SupersededBy is { } newer) throw new RuleBroken("submission_superseded", "A later edit took its place; review that one.").With("supersededBy", newer);
    }
}

/// <summary>
/// Whom a submission asked, held against the list of workers and the wave's sample; computed when it is read, so it clears when a worker becomes
/// known or is drawn. Flagged ones stay out of results unless an evaluator approved them.
/// </summary>
public sealed class SubmissionFlags
{
    public long Id { get; init; }
    /// <summary>No card, or one that nobody has who is known to the programme. At facilities that still wait nobody has one.</summary>
    public bool UnknownCard { get; init; }
    /// <summary>The wave has a sample, and the worker is not in it.</summary>
    public bool NotDrawn { get; init; }
}

/// <summary>A file that came with a submission: a photograph, or the log of how the form was filled in.</summary>
public sealed class SubmissionAttachment
{
    public long SubmissionId { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    /// <summary>Bytes.</summary>
    public long Size { get; init; }
    public required byte[] Sha256 { get; init; }
    public required byte[] Content { get; init; }
}
