using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.ExternalStudies;

public class ExternalStudyTests(EvaluationApp evaluation)
{
    private const string Studies = "/api/evaluation/external-studies";

    [Fact]
    public async Task The_published_figures_are_there_with_source_and_what_is_open_about_them()
    {
        var studies = (await evaluation.As(Roles.ProgrammeOffice).GetAsync<Page<StudyView>>(Studies)).Items;

        Assert.All(studies, s => Assert.True(s.Illustrative));
        Assert.Equal([("needs-analysis", (int?)1100), ("rota-surveys", null), ("sesri-impact", 860)], studies.Select(s => (s.Study.Code, s.Study.Respondents)));
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
            var texts = new[] { study.Title, study.Purpose }.Concat(study.Figures.Select(f => f.Label)).Concat(study.Figures.SelectMany(f => f.Readings ?? []).Select(r => r.Text))
                .Concat(study.Ambiguities.Select(a => a.About)).Concat(study.Ambiguities.SelectMany(a => a.Readings).Select(r => r.Text));
            Assert.All(texts, t => Assert.True(t["en"].Length > 0 && t["ar"].Length > 0));
            Assert.All(study.Figures, f => Assert.Contains(f.Indicator, Indicators.Names.Keys));
            Assert.All(study.Figures.Where(f => f.Reading is not null), f => Assert.Contains(f.Reading, f.Readings!.Select(r => r.Code)));
        }
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_puts_back_what_was_changed()
    {
        var before = await ImportedAsync();
        await ShippedStudies.ImportAsync(evaluation.Services);
        Assert.Equal(before, await ImportedAsync());

        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($$"""update external_studies set definition = jsonb_set(definition, '{respondents}', '7') where code = 'needs-analysis'"""));
        await ShippedStudies.ImportAsync(evaluation.Services);
        Assert.Equal(1100, await evaluation.InDbAsync(async db => (await db.ExternalStudies.AsNoTracking().SingleAsync(s => s.Code == "needs-analysis")).Definition.Respondents));
    }

    private Task<List<DateTimeOffset>> ImportedAsync() => evaluation.InDbAsync(db => db.ExternalStudies.OrderBy(s => s.Code).Select(s => s.ImportedAt).ToListAsync());
}
