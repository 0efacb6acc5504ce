using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Account.Figures;

/// <summary>Something the programme counts. Its value is the sum of its facts and of nothing else.</summary>
/// <param name="Code">Stable; part of addresses and exports.</param>
/// <param name="Unit">As people read it: facilities, kg, hours.</param>
/// <param name="Result">The kind of result as IATI names it: output or outcome.</param>
/// <param name="Sdg">Targets of the UN's goals that it is evidence for.</param>
/// <param name="People">It counts people, so a cell below the least publishable is withheld.</param>
/// <param name="CountsFrom">Which events it is made of, for whoever asks where it comes from.</param>
/// <param name="Thing">Address of what an event told of, before its key; null where the facility or the donor says it all.</param>
public sealed record Figure(string Code, Words Name, Words Unit, string Result, IReadOnlyList<string> Sdg, bool People, string CountsFrom, string? Thing = null);

/// <param name="Planned">What the programme set out to reach; null where it set nothing.</param>
/// <param name="Published">What others published about it. Shown beside, never added to what is counted; two that contradict each other are both kept.</param>
public sealed record FigureTarget(string Figure, decimal? Planned, IReadOnlyList<PublishedFigure> Published);

/// <param name="Source">Which document says so, in its words where it matters.</param>
public sealed record PublishedFigure(decimal Value, Words Source);

/// <param name="Code">Such as 4.4.</param>
/// <param name="Indicators">Which of the surveys' indicators are evidence for it, beside the figures that name it.</param>
public sealed record SdgTarget(string Code, Words Title, IReadOnlyList<string> Indicators);

/// <summary>A text in the two languages the public pages come in.</summary>
public sealed record Words(string En, string Ar)
{
    public string In(string language) => language == "ar" ? Ar : En;
}

/// <summary>What is counted, towards what: <c>Content/figures.json</c>, which another programme replaces.</summary>
public sealed record FigureCatalogue(IReadOnlyList<Figure> Figures, IReadOnlyList<FigureTarget> Targets, IReadOnlyList<SdgTarget> Sdg)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static FigureCatalogue Read()
    {
        using var content = typeof(FigureCatalogue).Assembly.GetManifestResourceStream("Content.figures.json")!;
        var catalogue = JsonSerializer.Deserialize<FigureCatalogue>(content, Json)!;
        var unknown = catalogue.Targets.Select(t => t.Figure).Except(catalogue.Figures.Select(f => f.Code))
            .Concat(catalogue.Figures.SelectMany(f => f.Sdg).Except(catalogue.Sdg.Select(s => s.Code)))
            .Concat(catalogue.Sdg.SelectMany(s => s.Indicators).Except(Indicators.Names.Keys)).ToList();
        return unknown.Count == 0 ? catalogue : throw new InvalidOperationException($"Content/figures.json speaks of what it does not define: {string.Join(", ", unknown)}.");
    }

    public Figure? Find(string code) => Figures.FirstOrDefault(f => f.Code == code);

    public FigureTarget? TargetOf(string code) => Targets.FirstOrDefault(t => t.Figure == code);
}
