using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <param name="Illustrative">Always true: how it was sampled is not known, so no interval of it means what ours do.</param>
public sealed record StudyView(StudyDefinition Study, bool Illustrative, DateTimeOffset ImportedAt);

public static class ExternalStudiesApi
{
    public static void MapExternalStudies(this IEndpointRouteBuilder app)
    {
        var studies = app.MapGroup("/api/evaluation/external-studies").WithTags("External studies")
            .RequireAuthorization(Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice));
        studies.MapGet("/", List);
        studies.MapGet("/{code}", One);
    }

    private static Task<Page<StudyView>> List([AsParameters] Paging page, EvaluationDb db, CancellationToken cancel) =>
        db.ExternalStudies.AsNoTracking().PageAsync(s => s.Code, page, s => new StudyView(s.Definition, true, s.ImportedAt), cancel: cancel);

    private static async Task<StudyView> One(string code, EvaluationDb db, CancellationToken cancel) =>
        await db.ExternalStudies.AsNoTracking().Where(s => s.Code == code).Select(s => new StudyView(s.Definition, true, s.ImportedAt)).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("study_unknown", $"There is no study {code}.");
}
