using System.Linq.Expressions;

namespace BetterConnections.Evaluation.Instruments;

/// <param name="Md5">Of the form's bytes, in hexadecimal; null for a draft.</param>
/// <param name="Files">The lists that go with the form.</param>
public sealed record InstrumentVersionSummary(string Code, string FormId, int Number, InstrumentState State, string? FormVersion, string Title, string? Description,
    RespondentGroup Respondent, IReadOnlyList<string> Languages, IReadOnlyList<string> Files, string? Md5, string DraftedBy, DateTimeOffset DraftedAt,
    string? PublishedBy, DateTimeOffset? PublishedAt, string? ClosedBy, DateTimeOffset? ClosedAt)
{
    public static readonly Expression<Func<InstrumentVersion, InstrumentVersionSummary>> Of = v => new(v.InstrumentCode, v.FormId, v.Number, v.State,
        v.FormVersion, v.Title, v.Description, v.Respondent, v.Languages, v.Files, v.Md5, v.DraftedBy, v.DraftedAt, v.PublishedBy, v.PublishedAt, v.ClosedBy, v.ClosedAt);

    private static readonly Func<InstrumentVersion, InstrumentVersionSummary> Compiled = Of.Compile();

    public static InstrumentVersionSummary From(InstrumentVersion version) => Compiled(version);
}

/// <summary>A version with the whole of its text.</summary>
public sealed record InstrumentVersionView(InstrumentVersionSummary Version, InstrumentDefinition Definition)
{
    public static InstrumentVersionView From(InstrumentVersion version) => new(InstrumentVersionSummary.From(version), version.Definition);
}
