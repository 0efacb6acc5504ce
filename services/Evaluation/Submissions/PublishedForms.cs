using System.Collections.Concurrent;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>The rules of published forms, kept in memory: a published version never changes.</summary>
public sealed class PublishedForms(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<(string FormId, string Version), FormRules> _rules = new();

    /// <returns>Null for a version that is not known, or not published.</returns>
    public async ValueTask<FormRules?> OfAsync(string formId, string version, CancellationToken cancel)
    {
        if (_rules.TryGetValue((formId, version), out var known)) return known;
        await using var scope = scopes.CreateAsyncScope();
        var definition = await scope.ServiceProvider.GetRequiredService<EvaluationDb>().InstrumentVersions.AsNoTracking()
            .Where(v => v.FormId == formId && v.FormVersion == version && v.State != InstrumentState.Draft).Select(v => v.Definition).SingleOrDefaultAsync(cancel);
        return definition is null ? null : _rules.GetOrAdd((formId, version), new FormRules(definition));
    }
}
