using BetterConnections.Contracts;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Results.Public;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Results;

public static class ResultsApi
{
    public static void AddResults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Results").Get<ResultSettings>() ?? new());
        builder.Services.AddScoped<RefresherNeeds>();
    }

    public static void MapResults(this IEndpointRouteBuilder app)
    {
        var results = app.MapGroup("/api/evaluation").WithTags("Results");
        var read = results.MapGroup("").RequireAuthorization(Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice));
        read.MapGet("/analyses", ReadAnalyses.List);
        read.MapGet("/analyses/{id:guid}", ReadAnalyses.One);
        read.MapGet("/analyses/{id:guid}/results/{indicator}", ReadAnalyses.Result);
        read.MapGet("/analyses/{id:guid}/distributions", ReadDistributions.Handle).Produces<IReadOnlyList<Distribution>>();
        read.MapGet("/analyses/{id:guid}/distributions.csv", ReadDistributions.Csv);

        // Counts of few people, for who may see each of them.
        results.MapGet("/analyses/{id:guid}/facilities", ListFacilities.Handle).RequireAuthorization(Access.For("evaluation.interviews", Roles.Evaluator, Roles.ProgrammeOffice));

        var write = results.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Evaluator));
        write.MapPost("/analyses", ComputeAnalysis.Handle);
        write.MapPost("/analyses/{id:guid}/publish", PublishAnalysis.Handle);

        var open = app.MapGroup("/api/evaluation/public").WithTags("Open data").AllowAnonymous();
        open.MapGet("/results", PublicResults.Handle);
        open.MapGet("/indicators", ReadAnalyses.Definitions);
    }
}
