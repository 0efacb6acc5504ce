using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Submissions;

public static class ReadSubmission
{
    /// <summary>Also a version that an edit replaced; what was deleted is not there.</summary>
    public static async Task<SubmissionView> Handle(long id, EvaluationDb db, CancellationToken cancel) =>
        await db.Submissions.Where(s => s.Id == id && s.DeletedAt == null).Select(SubmissionView.Of(db)).SingleOrDefaultAsync(cancel)
        ?? throw NotThere();

    /// <summary>For who is about to change it.</summary>
    internal static async Task<Submission> SubmissionAsync(this EvaluationDb db, long id, CancellationToken cancel) =>
        await db.Submissions.SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, cancel) ?? throw NotThere();

    internal static NotThere NotThere() => new("submission_unknown", "There is no such submission.");
}

/// <summary>The bytes as they came, with the card that was scanned: for evaluators who have to settle what was sent.</summary>
public static class ReadBody
{
    public static async Task<IResult> Handle(long id, EvaluationDb db, CancellationToken cancel)
    {
        var found = await db.Submissions.Where(s => s.Id == id && s.DeletedAt == null).Select(s => new { s.Body, s.MediaType, s.Sha256 }).SingleOrDefaultAsync(cancel)
            ?? throw ReadSubmission.NotThere();
        return TypedResults.File(found.Body, found.MediaType, $"submission-{id}.{(found.MediaType == "text/xml" ? "xml" : "json")}",
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(found.Sha256)}\""));
    }
}

public static class ReadAttachments
{
    public static async Task<IReadOnlyList<AttachmentView>> Handle(long id, EvaluationDb db, CancellationToken cancel)
    {
        await ReadSubmission.Handle(id, db, cancel);
        var files = await db.SubmissionAttachments.Where(a => a.SubmissionId == id).OrderBy(a => a.Name)
            .Select(a => new { a.Name, a.ContentType, a.Size, a.Sha256 }).ToListAsync(cancel);
        return [.. files.Select(a => new AttachmentView(a.Name, a.ContentType, a.Size, Convert.ToHexStringLower(a.Sha256)))];
    }
}

public static class ReadAttachment
{
    /// <summary>As a download and as nothing that a browser would run, whatever the phone called it.</summary>
    public static async Task<IResult> Handle(long id, string name, EvaluationDb db, CancellationToken cancel)
    {
        var found = await db.SubmissionAttachments.Where(a => a.SubmissionId == id && a.Name == name).Select(a => new { a.Content, a.Sha256 }).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("attachment_unknown", "There is no such file.");
        return TypedResults.File(found.Content, "application/octet-stream", name, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(found.Sha256)}\""));
    }
}
