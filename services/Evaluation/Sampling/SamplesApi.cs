using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Sampling;

public static class SamplesApi
{
    public static void MapSamples(this IEndpointRouteBuilder app)
    {
        var readers = Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice);
        var samples = app.MapGroup("/api/evaluation/waves/{code}/samples").WithTags("Samples");
        samples.MapGet("/", ReadSamples.List).RequireAuthorization(readers);

        var people = samples.MapGroup("").RequireAuthorization(Access.For("evaluation.interviews", Roles.Evaluator, Roles.ProgrammeOffice));
        people.MapGet("/{number:int}/clusters", ReadSamples.Clusters); // of few people each
        people.MapGet("/{number:int}/members", ReadSamples.Members);

        var write = samples.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Evaluator));
        write.MapPost("/", DrawSample.Handle);
        write.MapPost("/panel", AskAgain.Handle);

        var sizes = app.MapGroup("/api/evaluation/sample-sizes").WithTags("Samples").RequireAuthorization(readers);
        sizes.MapGet("/share", SampleSizes.ForShare);
        sizes.MapGet("/margin", SampleSizes.MarginOf);
        sizes.MapGet("/change", SampleSizes.ForChange);
    }
}
