using BetterConnections.Contracts;
using BetterConnections.Evaluation.Submissions.OData;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>Single answers are the evaluators' and the programme office's, and a partner's who may read interviews; no employer sees them.</summary>
public static class SubmissionsApi
{
    public static void MapSubmissions(this IEndpointRouteBuilder app)
    {
        var readers = Access.For("evaluation.interviews", Roles.Evaluator, Roles.ProgrammeOffice);
        var submissions = app.MapGroup("/api/evaluation/submissions").WithTags("Submissions");
        var read = submissions.MapGroup("").RequireAuthorization(readers);
        read.MapGet("/", ListSubmissions.Handle);
        read.MapGet("/{id:long}", ReadSubmission.Handle);
        read.MapGet("/{id:long}/attachments", ReadAttachments.Handle);

        var review = submissions.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Evaluator));
        review.MapGet("/{id:long}/body", ReadBody.Handle);
        review.MapGet("/{id:long}/attachments/{name}", ReadAttachment.Handle);
        review.MapPost("/{id:long}/approve", ReviewSubmission.Approve);
        review.MapPost("/{id:long}/reject", ReviewSubmission.Reject);
        review.MapPost("/{id:long}/delete", DeleteSubmission.Handle);

        submissions.MapPost("/bulk", SubmitInBulk.Handle).RequireAuthorization(Access.For("evaluation.submit"));

        var forms = app.MapGroup("/api/evaluation/forms").WithTags("Submissions").RequireAuthorization(readers);
        forms.MapGet("/{formId}/submissions.csv", ExportSubmissions.Handle);
        forms.MapGet("/{formId}.svc", ReadServiceDocument.Handle);
        forms.MapGet("/{formId}.svc/$metadata", ReadMetadata.Handle);
        forms.MapGet("/{formId}.svc/Submissions", ReadSubmissionsAsOData.Handle);
    }
}
