using BetterConnections.Evaluation.Instruments;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>The items of a form that hold answers, over all its versions: the columns of its tables.</summary>
public static class FormColumns
{
    /// <exception cref="NotThere">form_unknown</exception>
    public static async Task<IReadOnlyList<string>> OfAsync(EvaluationDb db, string formId, CancellationToken cancel)
    {
        var versions = await db.InstrumentVersions.AsNoTracking().Where(v => v.FormId == formId && v.State != InstrumentState.Draft)
            .OrderByDescending(v => v.Number).Select(v => v.Definition).ToListAsync(cancel);
        if (versions.Count == 0) throw new NotThere("form_unknown", "There is no such form.");
        return [.. versions.SelectMany(Answered).Select(i => i.Name).Distinct()];
    }

    public static IEnumerable<Item> Answered(InstrumentDefinition definition) =>
        definition.Placed().Select(p => p.Item).Where(i => i.Type is not (ItemType.Group or ItemType.Note) && !FormItems.NoAnswers.Contains(i.Name));
}
