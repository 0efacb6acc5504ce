using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

public static class ImportStudy
{
    /// <summary>Puts a study before everybody, apart from our own results. A code that is known gets a further version; the same again changes nothing.</summary>
    /// <exception cref="BadInput">study_not_sound, with everything that is wrong in <c>problems</c></exception>
    /// <exception cref="RuleBroken">study_shipped</exception>
    public static Task<StudyView> Handle(StudyDefinition study, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (StudyCheck.Problems(study) is { Count: > 0 } problems)
            throw new BadInput("study_not_sound", $"The study has {problems.Count} problems; they stand in 'problems'.").With("problems", problems);
        if (ShippedStudies.Has(study.Code)) throw new RuleBroken("study_shipped", $"{study.Code} comes with the release and is corrected there.");
        return db.InTransactionAsync(() => db.ImportStudyAsync(study, user.Subject(), clock.GetUtcNow(), cancel), cancel);
    }

    internal static async Task<StudyView> ImportStudyAsync(this EvaluationDb db, StudyDefinition study, string by, DateTimeOffset at, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"lock table external_studies in share row exclusive mode", cancel); // one import after the other; readers go on
        var latest = await db.ExternalStudies.AsNoTracking().Where(s => s.Code == study.Code).OrderByDescending(s => s.Version).FirstOrDefaultAsync(cancel);
        // Compared by the database, which keeps the members of an object in an order of its own.
        if (latest is not null && await db.Database.SqlQuery<bool>($"""
            select definition = {ShippedStudies.Write(study)}::jsonb as "Value" from external_studies where code = {latest.Code} and version = {latest.Version}
            """).SingleAsync(cancel)) return StudyView.From(latest);
        var imported = new ExternalStudy { Code = study.Code, Version = (latest?.Version ?? 0) + 1, Definition = study, ImportedBy = by, ImportedAt = at };
        db.Add(imported);
        await db.SaveChangesAsync(cancel);
        return StudyView.From(imported);
    }
}
