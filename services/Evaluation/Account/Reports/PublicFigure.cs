using System.Globalization;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;

namespace BetterConnections.Evaluation.Account.Reports;

/// <param name="Key">A month (<c>2026-03</c>) or a zone; null for what belongs to no facility.</param>
/// <param name="Value">Null where fewer people than may be told of stand behind it, or could be worked out from it.</param>
public sealed record FigurePart(string? Key, decimal? Value, long? Facts);

/// <summary>One figure and the sums that it is the sum of.</summary>
/// <param name="Events">Each single event, for who may see them.</param>
public sealed record FigureLineage(FigureView Figure, IReadOnlyList<FigurePart> ByMonth, IReadOnlyList<FigurePart> ByZone, string Events);

/// <summary>What a public figure is made of, as far as everybody may know it.</summary>
public static class PublicFigure
{
    public static async Task<IResult> Handle(string figure, [AsParameters] OpenDataRequest request, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        var (known, settings) = (catalogue.Demand(figure), request.Settings);
        var whole = (await db.FiguresAsync(catalogue, new(), cancel)).Single(f => f.Code == figure);
        var months = await MonthsAsync(known, db, catalogue, settings, cancel);
        var zones = (await ReadFigures.ByZone(figure, new(), db, catalogue, cancel)).Select(z => new FigurePart(z.Zone, z.Amount, z.Facts)).ToList();
        if (whole.Value - zones.Sum(z => z.Value) is { } rest and not 0) zones.Add(new(null, rest, whole.Facts - zones.Sum(z => z.Facts)));
        var lineage = new FigureLineage(whole.Open(catalogue, settings), months, Told(zones, known, settings), whole.Lineage);
        return request.Answer(figure, () => request.Json(lineage), () => CsvOf(lineage), page => PageOf(lineage, page));
    }

    internal static async Task<IReadOnlyList<FigurePart>> MonthsAsync(Figure figure, EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, CancellationToken cancel) =>
        Told([.. (await ReadFigures.ByMonth(figure.Code, new(), db, catalogue, cancel)).Select(m => new FigurePart(Key(m.Month), m.Amount, m.Facts))], figure, settings);

    internal static string Key(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Without parts of a few people, nor those they could be worked out from: what is withheld hides in a lump of enough people and of two parts.</summary>
    internal static IReadOnlyList<FigurePart> Told(IReadOnlyList<FigurePart> parts, Figure figure, AccountSettings settings)
    {
        var hidden = parts.Where(p => figure.Withheld(p.Value, settings)).ToHashSet();
        foreach (var next in parts.Where(p => p.Value > 0).OrderBy(p => p.Value))
        {
            if (hidden.Count == 0 || (hidden.Count > 1 && hidden.Sum(p => p.Value) >= settings.LeastPublishable)) break;
            hidden.Add(next);
        }
        return [.. parts.Select(p => hidden.Contains(p) ? p with { Value = null, Facts = null } : p)];
    }

    private static string CsvOf(FigureLineage lineage)
    {
        var csv = new StringBuilder("figure,by,key,value,unit,facts\r\n");
        foreach (var (by, part) in lineage.ByMonth.Select(p => ("month", p)).Concat(lineage.ByZone.Select(p => ("zone", p))).Prepend(("all", new(null, lineage.Figure.Value, lineage.Figure.Facts))))
            csv.Append(SpreadsheetText.Line([lineage.Figure.Code, by, part.Key, PublicScorecard.Number(part.Value), lineage.Figure.Unit.En, part.Facts]));
        return csv.ToString();
    }

    private static string PageOf(FigureLineage lineage, PublicPage page)
    {
        var (f, counted) = (lineage.Figure, page.Say("Counted", "المحسوب"));
        var published = page.Published(f) is { Length: > 0 } others ? $"<h2>{page.Say("Published by others", "ما نشره آخرون")}</h2>{others}" : "";
        return page.Of(PublicPage.Html(f.Name.In(page.Language)), $"""
            <p>{page.Counted(f)}</p>
            <p>{page.Say("The sum of what these events tell, and of nothing else", "مجموع ما ترويه هذه الأحداث لا غير")}: <code dir="ltr">{PublicPage.Html(f.CountsFrom)}</code>.
            {(f.Sdg.Count == 0 ? "" : $"{page.Say("Evidence for the development goals", "دليل على أهداف التنمية")}: {string.Join(", ", f.Sdg.Select(s => $"<a href=\"{page.To("sdg", $"#goal-{s}")}\">{s}</a>"))}.")}</p>
            {Table(page.Say("By zone of the facility", "حسب منطقة المرفق"), page.Say("Zone", "المنطقة"), lineage.ByZone)}
            {Table(page.Say("By month, in UTC", "حسب الشهر بالتوقيت العالمي"), page.Say("Month", "الشهر"), lineage.ByMonth)}
            {published}
            <p class="quiet">{page.Say("Each single event, with its facility, its devices and its donation, is told to those who are signed in and may see it", "تُعرض الأحداث فرادى بمرفقها وأجهزتها وتبرعها لمن سجل الدخول وله حق الاطلاع")}: <code dir="ltr">GET {PublicPage.Html(lineage.Events)}</code></p>
            """);

        string Table(string caption, string key, IReadOnlyList<FigurePart> parts)
        {
            var table = new PublicTable(caption, key, counted, page.Say("Events", "الأحداث"));
            foreach (var part in parts)
                table.Row(part.Key is { } named ? $"<bdi>{PublicPage.Html(named)}</bdi>" : page.Say("at no facility", "خارج المرافق"), page.Shown(part.Value), part.Facts is { } facts ? PublicPage.Count(facts) : "–");
            return parts.Count == 0 ? "" : table.ToString();
        }
    }
}
