using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Evaluation.Tests.ExternalStudies;

public class ExternalStudyTests(EvaluationApp evaluation)
{
    private const string Studies = "/api/evaluation/external-studies", Public = "/api/evaluation/public/studies";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Fact]
    public async Task The_published_figures_are_there_with_source_and_what_is_open_about_them()
    {
        var studies = (await evaluation.As(Roles.ProgrammeOffice).GetAsync<Page<StudyView>>(Studies)).Items;

        Assert.All(studies, s => Assert.True(s.Illustrative));
        Assert.Equal([("needs-analysis", (int?)1100), ("rota-surveys", null), ("sesri-impact", 860)], studies.Where(s => s.ImportedBy == "release").Select(s => (s.Study.Code, s.Study.Respondents)));
        var rota = await evaluation.As(Roles.Evaluator).GetAsync<StudyView>($"{Studies}/rota-surveys");
        Assert.Equal([0.97, 0.88, 0.78, 0.70, 0.72, 0.94, 0.66], rota.Study.Figures.Select(f => f.Share));
        Assert.All(rota.Study.Figures.Where(f => f.Indicator == "areas-of-improvement"), f =>
        {
            Assert.Equal("share_improved", f.Reading);
            Assert.Equal(3, f.Readings!.Count);
        });
        Assert.Equal(["not_given", "the_860"], Assert.Single(rota.Study.Ambiguities).Readings.Select(r => r.Code));
        await evaluation.As(Roles.Evaluator).GetAsync($"{Studies}/none").RefusesAsync(HttpStatusCode.NotFound, "study_unknown");
        await evaluation.As(Roles.Employer).GetAsync(Studies).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public void Every_text_is_in_English_and_Arabic_and_every_figure_of_a_known_indicator()
    {
        foreach (var study in ShippedStudies.Read())
        {
            var texts = new[] { study.Title, study.Purpose, study.Method }.Concat(study.Figures.Select(f => f.Label)).Concat(study.Figures.SelectMany(f => f.Readings ?? []).Select(r => r.Text))
                .Concat(study.Ambiguities.Select(a => a.About)).Concat(study.Ambiguities.SelectMany(a => a.Readings).Select(r => r.Text));
            Assert.All(texts, t => Assert.True(t["en"].Length > 0 && t["ar"].Length > 0));
            Assert.All(study.Figures, f => Assert.Contains(f.Indicator, Indicators.Names.Keys));
            Assert.All(study.Figures.Where(f => f.Reading is not null), f => Assert.Contains(f.Reading, f.Readings!.Select(r => r.Code)));
        }
    }

    [Fact]
    public async Task Starting_again_changes_nothing_and_the_database_refuses_to_change_what_was_imported()
    {
        var before = await ImportedAsync();
        await ShippedStudies.ImportAsync(evaluation.Services);
        Assert.Equal(before, await ImportedAsync());

        var refused = await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"delete from external_studies")));
        Assert.Contains("is written once", refused.MessageText);
    }

    [Fact]
    public async Task An_evaluator_imports_a_study_and_corrects_it_by_a_further_version_and_everybody_reads_it_apart_from_our_results()
    {
        var code = $"needs-{Guid.NewGuid():n}";
        var first = await _evaluator.PostAsync<StudyView>(Studies, Study(code, 0.61));
        var again = await _evaluator.PostAsync<StudyView>(Studies, Study(code, 0.61));
        var corrected = await _evaluator.PostAsync<StudyView>(Studies, Study(code, 0.62));

        Assert.Equal((1, 1, 2), (first.Version, again.Version, corrected.Version));
        Assert.Equal(0.62, (await _evaluator.GetAsync<StudyView>($"{Studies}/{code}")).Study.Figures.Single().Share);
        Assert.Equal([0.62, 0.61], (await _evaluator.GetAsync<Page<StudyView>>($"{Studies}/{code}/versions")).Items.Select(s => s.Study.Figures.Single().Share));
        var shown = (await evaluation.Anonymous().GetAsync<List<PublicStudy>>(Public)).Single(s => s.Study.Code == code);
        Assert.Equal((2, "How the workers were chosen"), (shown.Version, shown.Study.Ambiguities.Single().About["en"]));
        Assert.Contains($"{code},2,", await evaluation.Anonymous().GetStringAsync($"{Public}?format=csv"));
        var page = await evaluation.Anonymous().GetStringAsync($"{Public}?format=html");
        Assert.Contains("&lt;b&gt;Interviews&lt;/b&gt; at work", page);
        Assert.DoesNotContain(code, await evaluation.Anonymous().GetStringAsync("/api/evaluation/public/results?format=html"));
    }

    [Fact]
    public async Task A_study_that_nobody_could_follow_is_refused_with_all_that_is_wrong_with_it()
    {
        var wrong = Study("Not A Code", 1.2) with { Method = new() { ["en"] = "Interviews" }, Respondents = 0 };
        wrong = wrong with { Figures = [wrong.Figures[0] with { Indicator = "happiness", Reading = "another" }] };
        var problems = (await _evaluator.PostAsync(Studies, wrong).RefusesAsync(HttpStatusCode.BadRequest, "study_not_sound")).GetProperty("problems").EnumerateArray().Select(p => p.GetString()!.Split(':')[0]);

        Assert.Equal(["code", "method.ar", "respondents", "figures[0].indicator", "figures[0].share", "figures[0].reading"], problems);
        await _evaluator.PostAsync(Studies, Study("rota-surveys", 0.5)).RefusesAsync(HttpStatusCode.Conflict, "study_shipped");
        await evaluation.As(Roles.ProgrammeOffice).PostAsync(Studies, Study("another-study", 0.5)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _evaluator.PostAsync(Studies, new { code = "half-a-study" }).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
        Assert.DoesNotContain((await evaluation.Anonymous().GetAsync<List<PublicStudy>>(Public)), s => s.Study.Code is "another-study" or "half-a-study");
    }

    private static StudyDefinition Study(string code, double share) => new(code, Words("Needs of workers"), "A university", Words("What workers need"), Words("<b>Interviews</b> at work"), 1100, "Workers",
        "Report of 2019, page 4", "61 of 100 workers had no computer",
        [new("lab-access", Words("Had no computer"), share, "of_those_asked", [new("of_those_asked", Words("Share of those asked")), new("of_those_answering", Words("Share of those who answered"))])],
        [new(Words("How the workers were chosen"), [new("by_lot", Words("By lot")), new("by_employer", Words("By their employers"))])]);

    private static Dictionary<string, string> Words(string english) => new() { ["en"] = english, ["ar"] = $"نص: {english}" };

    private Task<List<string>> ImportedAsync() => evaluation.InDbAsync(db => db.ExternalStudies.Where(s => s.ImportedBy == "release").OrderBy(s => s.Code).Select(s => $"{s.Code} {s.Version} {s.ImportedAt}").ToListAsync());
}
