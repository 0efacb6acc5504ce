using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Waves;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Reports;

/// <summary>As DHIS2's <c>/api/dataValueSets</c> takes it, with <c>dataElementIdScheme=code&amp;orgUnitIdScheme=code</c>.</summary>
public sealed record DataValueSet(string DataSet, DateOnly CompleteDate, string Period, string OrgUnit, IReadOnlyList<DataValue> DataValues);

/// <param name="DataElement">The figure's code in capitals, <c>BC_SESSIONS_DELIVERED</c>; an indicator's of a survey, <c>BC_SURVEY_LAB_ACCESS</c>, shares in percent.</param>
/// <param name="Comment">What it is made of.</param>
public sealed record DataValue(string DataElement, string Value, string Comment);

public static partial class ExportDhis2
{
    /// <param name="period">A month (<c>202611</c>), a half-year (<c>2026S2</c>) or a year (<c>2026</c>), as DHIS2 writes it.</param>
    public static async Task<IResult> Handle(string period, EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, WaveSettings waves, TimeProvider clock, HttpRequest http, CancellationToken cancel)
    {
        var (from, to) = MonthsOf(period);
        var told = new List<FigureView>();
        foreach (var figure in (await db.FiguresAsync(catalogue, new(From: from, To: to), cancel)).Where(f => f.Facts > 0))
            if (await IsToldAsync(figure)) told.Add(figure);
        var values = told.Select(f => new DataValue(Element(f.Code), Number(f.Value!.Value), $"{f.CountsFrom}, {f.Facts} facts"))
            .Concat(SurveyValues((await db.PublishedSurveysAsync(waves, cancel)).Where(s => !s.Analysis.Simulated), from, to)).ToList(); // simulated ones would be added up there
        var set = new DataValueSet(settings.Dhis2DataSet, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), period, settings.Dhis2OrgUnit, values);
        return http.Choose("application/json", "text/csv") == "text/csv" ? TypedResults.Text(Csv(set), "text/csv; charset=utf-8") : TypedResults.Json(set);

        // Less its months a year would tell of the one that the public page withholds: so it has all that are withheld in it, or none.
        async Task<bool> IsToldAsync(FigureView figure)
        {
            var known = catalogue.Find(figure.Code)!;
            if (!known.People) return true;
            var withheld = (await PublicFigure.MonthsAsync(known, db, catalogue, settings, cancel)).Where(m => m.Value is null).ToList();
            var inside = withheld.Count(m => string.CompareOrdinal(m.Key, PublicFigure.Key(from)) >= 0 && string.CompareOrdinal(m.Key, PublicFigure.Key(to)) <= 0);
            return !known.Withheld(figure.Value, settings) && (inside == 0 || inside == withheld.Count);
        }
    }

    /// <summary>Of each indicator the result published last, of a wave that opened in the period: a data element has one value there.</summary>
    private static IEnumerable<DataValue> SurveyValues(IEnumerable<PublishedSurvey> surveys, DateOnly from, DateOnly to) => surveys
        .Where(s => s.From >= from && s.From < to.AddMonths(1)).SelectMany(s => s.Findings.Select(f => (Survey: s, Finding: f))).DistinctBy(f => f.Finding.Indicator)
        .Select(f => new DataValue(Element($"survey-{f.Finding.Indicator}"), Number(f.Finding.Value), $"Survey {f.Survey.Title}. {f.Finding.Lineage}"));

    private static string Element(string code) => $"BC_{code.ToUpperInvariant().Replace('-', '_')}";

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static (DateOnly From, DateOnly To) MonthsOf(string period)
    {
        if (Period().Match(period) is { Success: true } match && int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) is >= 2000 and <= 2999 and var year)
        {
            if (match.Groups["half"] is { Success: true, Value: var half }) return half == "1" ? (new(year, 1, 1), new(year, 6, 1)) : (new(year, 7, 1), new(year, 12, 1));
            if (match.Groups["month"] is not { Success: true } month) return (new(year, 1, 1), new(year, 12, 1));
            var only = new DateOnly(year, int.Parse(month.Value, CultureInfo.InvariantCulture), 1);
            return (only, only);
        }
        throw new BadInput("period_not_valid", "Give a month (202611), a half-year (2026S2) or a year (2026).");
    }

    /// <summary>The columns of DHIS2's CSV import.</summary>
    private static string Csv(DataValueSet set)
    {
        var csv = new StringBuilder("dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment\n");
        foreach (var value in set.DataValues) csv.Append(CultureInfo.InvariantCulture, $"{value.DataElement},{set.Period},{set.OrgUnit},,,{value.Value},,,\"{value.Comment}\"\n");
        return csv.ToString();
    }

    [GeneratedRegex("^(?<year>[0-9]{4})(?:S(?<half>[12])|(?<month>0[1-9]|1[0-2]))?$")]
    private static partial Regex Period();
}
