using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Waves;

namespace BetterConnections.Evaluation.Account.Reports;

/// <summary>
/// The programme as one IATI 2.03 activity (iatistandard.org): its figures as results, and each published survey with its indicators as one
/// more. Valid against the standard's schema.
/// </summary>
public static class ExportIati
{
    // Codes of the standard's lists.
    private const string ActualEnd = "4", Implementation = "2", Finalisation = "3", SdgTargets = "3";
    private static readonly XName Language = XNamespace.Xml + "lang";

    public static async Task<IResult> Handle(EvaluationDb db, FigureCatalogue catalogue, AccountSettings settings, WaveSettings waves, HttpContext http, CancellationToken cancel)
    {
        var card = await db.ScorecardAsync(catalogue, settings, cancel);
        var surveys = (await db.PublishedSurveysAsync(waves, cancel)).Where(s => !s.Analysis.Simulated && s.Findings.Count > 0).ToList(); // registers add up numbers and drop remarks
        http.Response.Headers.CacheControl = "public, max-age=3600";
        using var text = new MemoryStream();
        await using (var xml = XmlWriter.Create(text, new() { Async = true, Indent = true, Encoding = new UTF8Encoding(false) }))
            await Activities(card, surveys, catalogue, settings, settings.PublicAddress(http.Request)).SaveAsync(xml, cancel);
        return OpenData.Bytes(text.ToArray(), "application/xml; charset=utf-8");
    }

    private static XDocument Activities(Scorecard card, IReadOnlyList<PublishedSurvey> surveys, FigureCatalogue catalogue, AccountSettings settings, string address)
    {
        // Of the data and not of this request, so that a register that asks daily sees when there is something new.
        var changed = card.Figures.Select(f => f.ChangedAt).Concat(surveys.Select(s => s.Analysis.PublishedAt)).Max();
        var stamp = changed?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new(new XElement("iati-activities", new XAttribute("version", "2.03"), stamp is null ? null : new XAttribute("generated-datetime", stamp),
            new XElement("iati-activity", new XAttribute("default-currency", settings.Currency), stamp is null ? null : new XAttribute("last-updated-datetime", stamp), new XAttribute(Language, "en"),
                new XElement("iati-identifier", $"{settings.OrganisationIdentifier}-BETTER-CONNECTIONS"),
                new XElement("reporting-org", new XAttribute("ref", settings.OrganisationIdentifier), new XAttribute("type", "10"), Narrative(settings.OrganisationName)),
                new XElement("title", Narrative(settings.ProgrammeName)),
                new XElement("description", new XAttribute("type", "1"),
                    Narrative("Free computers, internet and training for migrant workers where they live, with donated and refurbished computers and volunteer trainers."),
                    Narrative("حواسيب وإنترنت وتدريب مجاني للعمال الوافدين في أماكن سكنهم، بحواسيب متبرع بها ومجددة ومدربين متطوعين.", "ar")),
                new XElement("participating-org", new XAttribute("role", "2"), new XAttribute("ref", settings.OrganisationIdentifier), new XAttribute("type", "10"), Narrative(settings.OrganisationName)),
                new XElement("activity-status", new XAttribute("code", settings.ActivityDates.Any(d => d.Type == ActualEnd) ? Finalisation : Implementation)),
                settings.ActivityDates.Select(d => new XElement("activity-date", new XAttribute("type", d.Type), new XAttribute("iso-date", d.On.ToString("O")), Narrative(d.Source))),
                new XElement("recipient-country", new XAttribute("code", settings.Country), new XAttribute("percentage", "100")),
                new XElement("sector", new XAttribute("vocabulary", "1"), new XAttribute("code", settings.Sector)),
                catalogue.Sdg.Select(s => new XElement("tag", new XAttribute("vocabulary", SdgTargets), new XAttribute("code", s.Code), Narrative(s.Title.En), Narrative(s.Title.Ar, "ar"))),
                card.Figures.Where(f => f is { Value: not null, From: not null, To: not null }).GroupBy(f => catalogue.Find(f.Code)!.Result).OrderByDescending(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Result(g, address)),
                surveys.Select(s => Result(s, address)))));
    }

    private static XElement Result(IGrouping<string, FigureView> figures, string address) => new("result", new XAttribute("type", figures.Key == "outcome" ? "2" : "1"), new XAttribute("aggregation-status", "1"),
        new XElement("title", Narrative(figures.Key == "outcome" ? "What learners achieved" : "What was delivered")),
        Link($"{address}/api/evaluation/public/scorecard", "All figures of the programme, each with what it is made of"),
        figures.Select(f => new XElement("indicator", new XAttribute("measure", "1"), new XAttribute("ascending", "1"), new XAttribute("aggregation-status", "1"),
            new XElement("title", Narrative(f.Name.En), Narrative(f.Name.Ar, "ar")),
            new XElement("description", Narrative($"Counted from {f.CountsFrom}, in {f.Unit.En}. For SDG targets: {(f.Sdg.Count == 0 ? "none" : string.Join(", ", f.Sdg))}. What it is made of: {address}{f.Lineage}")),
            new XElement("period",
                new XElement("period-start", new XAttribute("iso-date", f.From!.Value.ToString("O"))),
                new XElement("period-end", new XAttribute("iso-date", f.To!.Value.AddMonths(1).AddDays(-1).ToString("O"))),
                f.Planned is { } planned ? new XElement("target", new XAttribute("value", Number(planned))) : null,
                new XElement("actual", new XAttribute("value", Number(f.Value!.Value)))))));

    /// <summary>One survey: what it found before as the baseline, what it found after as the actual value.</summary>
    private static XElement Result(PublishedSurvey survey, string address) => new("result", new XAttribute("type", "2"), new XAttribute("aggregation-status", "0"),
        new XElement("title", Narrative($"What workers said: survey {survey.Title}")),
        Link($"{address}/api/evaluation/public/results?analysis={survey.Analysis.Id}", "All results of this survey, with intervals, tests and definitions"),
        survey.Findings.Select(f => new XElement("indicator", new XAttribute("measure", f.IsPercentage ? "2" : "1"), new XAttribute("ascending", "1"), new XAttribute("aggregation-status", "0"),
            new XElement("title", Narrative(f.Name.En), Narrative(f.Name.Ar, "ar")),
            new XElement("description", Narrative(f.Lineage)),
            new XElement("reference", new XAttribute("vocabulary", "99"), new XAttribute("code", f.Indicator), new XAttribute("indicator-uri", $"{address}/api/evaluation/public/indicators")),
            survey.BaselineOn is { } on && f.Baseline is { } baseline
                ? new XElement("baseline", new XAttribute("year", on.Year), new XAttribute("iso-date", on.ToString("O")), new XAttribute("value", Number(baseline)))
                : null,
            new XElement("period",
                new XElement("period-start", new XAttribute("iso-date", survey.From.ToString("O"))),
                new XElement("period-end", new XAttribute("iso-date", survey.To.ToString("O"))),
                new XElement("actual", new XAttribute("value", Number(f.Value)), new XElement("comment", Narrative(f.Sentence.En), Narrative(f.Sentence.Ar, "ar")))))));

    private static XElement Link(string address, string title) => new("document-link", new XAttribute("format", "text/html"), new XAttribute("url", address),
        new XElement("title", Narrative(title)), new XElement("category", new XAttribute("code", "A08"))); // results, outcomes and outputs

    private static XElement Narrative(string text, string? language = null) => new("narrative", language is null ? null : new XAttribute(Language, language), text);

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
