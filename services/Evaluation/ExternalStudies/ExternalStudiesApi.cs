using System.Linq.Expressions;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <param name="Illustrative">Always true: how it was sampled is not known, so no interval of it means what ours do.</param>
public sealed record StudyView(StudyDefinition Study, int Version, bool Illustrative, string ImportedBy, DateTimeOffset ImportedAt)
{
    internal static readonly Expression<Func<ExternalStudy, StudyView>> Of = s => new(s.Definition, s.Version, true, s.ImportedBy, s.ImportedAt);

    private static readonly Func<ExternalStudy, StudyView> Compiled = Of.Compile();

    internal static StudyView From(ExternalStudy study) => Compiled(study);
}

public static class ExternalStudiesApi
{
    public static void MapExternalStudies(this IEndpointRouteBuilder app)
    {
        var studies = app.MapGroup("/api/evaluation/external-studies").WithTags("External studies");
        var read = studies.MapGroup("").RequireAuthorization(Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice));
        read.MapGet("/", List);
        read.MapGet("/{code}", One);
        read.MapGet("/{code}/versions", Versions);
        studies.MapPost("/", ImportStudy.Handle).RequireAuthorization(Access.ForRoles(Roles.Evaluator));

        app.MapGet("/api/evaluation/public/studies", PublicStudies.Handle).WithTags("Open data").AllowAnonymous();
    }

    /// <summary>Of each study the version that counts.</summary>
    internal static IQueryable<ExternalStudy> Latest(this EvaluationDb db) =>
        db.ExternalStudies.AsNoTracking().Where(s => !db.ExternalStudies.Any(later => later.Code == s.Code && later.Version > s.Version));

    private static Task<Page<StudyView>> List([AsParameters] Paging page, EvaluationDb db, CancellationToken cancel) => db.Latest().PageAsync(s => s.Code, page, StudyView.Of, cancel: cancel);

    private static async Task<StudyView> One(string code, EvaluationDb db, CancellationToken cancel) =>
        await db.Latest().Where(s => s.Code == code).Select(StudyView.Of).SingleOrDefaultAsync(cancel) ?? throw new NotThere("study_unknown", $"There is no study {code}.");

    /// <summary>All that were imported under the code, the latest first.</summary>
    private static async Task<Page<StudyView>> Versions(string code, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel) =>
        await db.ExternalStudies.AsNoTracking().Where(s => s.Code == code).PageAsync(s => s.Version, page, StudyView.Of, descending: true, cancel);
}
