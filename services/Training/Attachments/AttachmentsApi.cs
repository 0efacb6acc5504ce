using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Attachments;

public static class AttachmentsApi
{
    public static void MapAttachments(this IEndpointRouteBuilder app)
    {
        var attachments = app.MapGroup("/api/training/toolkits/{id:guid}/versions/{number:int}/attachments").WithTags("Attachments");

        var read = attachments.MapGroup("").RequireAuthorization(Access.For("training.read", [.. Roles.All]));
        read.MapGet("/", ListAttachments.Handle);
        read.MapGet("/{name}", ReadAttachment.Handle);

        var write = attachments.MapGroup("").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        write.MapPut("/{name}", AddAttachment.Handle);
        write.MapDelete("/{name}", RemoveAttachment.Handle);
    }
}
