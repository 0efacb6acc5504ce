using System.Globalization;
using System.Xml.Linq;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Reports;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Tests.Results;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Account;

/// <summary>The eleven indicators on their way to registers of results.</summary>
public class SurveyExportTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Analyses = "/api/evaluation/analyses";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Fact]
    public async Task Published_indicators_go_to_iati_and_dhis2_with_baseline_value_and_lineage_and_simulated_ones_do_not()
    {
        var real = await PublishAsync(isSimulated: false);
        var simulated = await PublishAsync(isSimulated: true);
        var unpublished = await _evaluator.PostAsync<AnalysisView>(Analyses, new { wave = real.Wave });

        var text = await evaluation.Anonymous().GetStringAsync("/api/evaluation/public/iati.xml");
        await Iati.AssertValidAsync(text);
        Assert.DoesNotContain(simulated.Sha256, text);
        Assert.DoesNotContain(unpublished.Sha256, text);
        var survey = XDocument.Parse(text).Descendants("result").Single(r => r.Element("title")!.Value.Contains(real.Wave, StringComparison.Ordinal));
        Assert.Equal(11, survey.Elements("indicator").Count());

        var users = ResultsEngine.Read(await _evaluator.GetByteArrayAsync($"{Analyses}/{real.Id}/results/independent-users")).Measures[0].Overall;
        var indicator = survey.Elements("indicator").Single(i => i.Element("reference")!.Attribute("code")!.Value == "independent-users");
        Assert.Equal(("2", Percent(users.Before), Percent(users.Estimate)), (indicator.Attribute("measure")!.Value, Value(indicator, "baseline"), Value(indicator, "actual")));
        Assert.Contains($"snapshot {real.Snapshot}", indicator.Element("description")!.Value);
        Assert.Contains(real.Sha256, indicator.Element("description")!.Value);
        Assert.Contains(users.Sentence!.Ar, indicator.Value);
        Assert.Empty(Improvement(survey).Elements("baseline")); // itself a change
        Assert.Empty(survey.Descendants("target")); // what others published before is nothing that the programme promised

        var skills = (await evaluation.Anonymous().GetAsync<List<SdgView>>("/api/evaluation/public/sdg")).Single(s => s.Code == "4.4").Findings.Single(f => f.Finding.Indicator == "independent-users");
        Assert.Equal((real.Wave, false, $"/api/evaluation/public/results?analysis={real.Id}"), (skills.Wave, skills.Simulated, skills.Results)); // the simulated one is later, and gives way
        Assert.Equal(Percent(users.Estimate), skills.Finding.Value.ToString("0.####", CultureInfo.InvariantCulture));
        Assert.Contains($"4.4,survey,independent-users,", await evaluation.Anonymous().GetStringAsync("/api/evaluation/public/sdg?format=csv"));

        var start = DateOnly.Parse(survey.Descendants("period-start").First().Attribute("iso-date")!.Value, CultureInfo.InvariantCulture);
        var set = await Dhis2Async(start);
        var value = set.DataValues.Single(v => v.DataElement == "BC_SURVEY_INDEPENDENT_USERS");
        Assert.Equal(Percent(users.Estimate), value.Value);
        Assert.Contains(real.Sha256, value.Comment);
        Assert.Equal(11, set.DataValues.Count(v => v.DataElement.StartsWith("BC_SURVEY_", StringComparison.Ordinal)));
        Assert.DoesNotContain((await Dhis2Async(start.AddMonths(-12))).DataValues, v => v.DataElement.StartsWith("BC_SURVEY_", StringComparison.Ordinal));
    }

    private Task<DataValueSet> Dhis2Async(DateOnly month) => _evaluator.GetAsync<DataValueSet>($"/api/evaluation/account/dhis2?period={month:yyyyMM}");

    private static XElement Improvement(XElement survey) => survey.Elements("indicator").Single(i => i.Element("reference")!.Attribute("code")!.Value == "areas-of-improvement");

    private static string Value(XElement indicator, string element) => indicator.Descendants(element).Single().Attribute("value")!.Value;

    private static string Percent(Estimated? estimate) => (100 * estimate!.Value.Value!.Value).ToString("0.####", CultureInfo.InvariantCulture);

    private async Task<AnalysisView> PublishAsync(bool isSimulated)
    {
        var simulation = new Simulation(21);
        var before = await evaluation.FreezeAsync(simulation.Wave("I1", 0.4), daysAgo: 60, isSimulated: isSimulated);
        var after = await evaluation.FreezeAsync(simulation.Wave("I3", 0.7, better: 0.8), daysAgo: 30, isSimulated: isSimulated);
        var analysis = await _evaluator.PostAsync<AnalysisView>(Analyses, new { wave = after, beforeWave = before });
        return await _evaluator.PostAsync<AnalysisView>($"{Analyses}/{analysis.Id}/publish");
    }
}
