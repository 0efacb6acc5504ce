using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Toolkits;

public static class ToolkitsApi
{
    public static void MapToolkits(this IEndpointRouteBuilder app)
    {
        var toolkits = app.MapGroup("/api/training/toolkits").WithTags("Toolkits");

        var read = toolkits.MapGroup("").RequireAuthorization(Access.For("training.read", [.. Roles.All]));
        read.MapGet("/", ListToolkits.Handle);
        read.MapGet("/{id:guid}", ReadToolkit.Handle);
        read.MapGet("/{id:guid}/versions/{number:int}", ReadVersion.Handle);
        read.MapGet("/{id:guid}/versions/{number:int}/modules/{slug}", ReadModule.Handle);

        toolkits.MapGet("/{id:guid}/versions/{number:int}/modules/{slug}/source", ReadModule.Source)
            .RequireAuthorization(Access.For("training.write", Roles.TrainingPartner, Roles.ProgrammeOffice));

        app.MapGet("/api/training/programme", ReadProgramme.Handle).WithTags("Toolkits")
            .RequireAuthorization(Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice));

        var write = toolkits.MapGroup("").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        write.MapGet("/{id:guid}/versions/{number:int}/source", ReadVersion.Source);
        write.MapPost("/", AddToolkit.Handle);
        write.MapPost("/{id:guid}/versions", StartVersion.Handle);
        write.MapPut("/{id:guid}/versions/{number:int}", DescribeVersion.Handle);
        write.MapPost("/{id:guid}/versions/{number:int}/modules", AddModule.Handle);
        write.MapPut("/{id:guid}/versions/{number:int}/modules/{slug}", ChangeModule.Handle);
        write.MapPut("/{id:guid}/versions/{number:int}/modules/{slug}/texts/{language}", TranslateModule.Handle);
        write.MapDelete("/{id:guid}/versions/{number:int}/modules/{slug}", RemoveModule.Handle);
        write.MapPost("/{id:guid}/versions/{number:int}/publish", PublishVersion.Handle);
        write.MapPost("/{id:guid}/versions/{number:int}/retire", RetireVersion.Handle);
    }
}
