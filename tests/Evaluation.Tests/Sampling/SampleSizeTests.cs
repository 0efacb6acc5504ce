using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Sampling;

/// <summary>The programme's own design numbers, for 1.5 million workers.</summary>
public class SampleSizeTests(EvaluationApp evaluation)
{
    private const string Sizes = "/api/evaluation/sample-sizes";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Theory]
    [InlineData("0.05", 385)]
    [InlineData("0.04", 600)]
    [InlineData("0.03", 1067)]
    public async Task Workers_for_a_share_without_clusters(string margin, long needed) =>
        Assert.Equal(needed, (await _evaluator.GetAsync<ShareSize>($"{Sizes}/share?margin={margin}&perCluster=1")).Planned.Needed);

    [Fact]
    public async Task Workers_for_a_share_with_twenty_at_each_facility()
    {
        var size = await _evaluator.GetAsync<ShareSize>($"{Sizes}/share?margin=0.05&perCluster=20&correlation=0.05&retention=0.7");

        Assert.Equal((384.15, 384.05), (Math.Round(size.Simple, 2), Math.Round(size.ForPopulation, 2)));
        Assert.Equal([530, 749, 1114], size.Others.Select(o => o.Needed));
        Assert.Equal((749, 1.95, 1070, 54), (size.Planned.Needed, Math.Round(size.Planned.DesignEffect, 9), size.Planned.Invited, size.Planned.Facilities));
    }

    [Fact]
    public async Task What_860_workers_tell()
    {
        var margin = await _evaluator.GetAsync<MarginView>($"{Sizes}/margin?respondents=860&perCluster=20");

        Assert.Equal(3.34, Math.Round(100 * margin.Simple, 2));
        Assert.Equal([623, 441, 297], margin.Others.Select(o => Math.Round(o.Effective)));
        Assert.Equal([3.93, 4.67, 5.69], margin.Others.Select(o => Math.Round(100 * o.Margin, 2)));
    }

    [Theory]
    [InlineData("0.05", "0.25", 783)]
    [InlineData("0.10", "0.30", 234)]
    [InlineData("0.10", "0.20", 155)]
    public async Task Pairs_to_find_a_change(string difference, string discordance, long needed) =>
        Assert.Equal(needed, (await _evaluator.GetAsync<ChangeSize>($"{Sizes}/change?difference={difference}&discordance={discordance}&perCluster=1")).Planned.Needed);

    [Theory]
    [InlineData("perCluster=20", null, null, null)] // 166 pairs at 9 facilities
    [InlineData("perCluster=60", 6, 7, 9)]
    [InlineData("perCluster=60&tests=1", null, null, null)]
    [InlineData("perCluster=400&tests=1&correlation=0.001", 1, 1, 6)]
    public async Task So_few_facilities_that_no_change_could_be_significant_are_warned_of(string plan, int? facilities, int? tests, int? least)
    {
        var size = await _evaluator.GetAsync<ChangeSize>($"{Sizes}/change?difference=0.15&discordance=0.25&{plan}");

        Assert.Equal((facilities, tests, least), (size.Warning?.Facilities, size.Warning?.Tests, size.Warning?.LeastFacilities));
        if (size.Warning is { } warning) Assert.Equal(("AlphaOutOfReach", Math.Pow(2, 1 - facilities!.Value)), (warning.Code, warning.LeastP));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await _evaluator.GetAsync($"{Sizes}/share?margin=0").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _evaluator.GetAsync($"{Sizes}/share?perCluster=0").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _evaluator.GetAsync($"{Sizes}/change?difference=0.3&discordance=0.2").RefusesAsync(HttpStatusCode.BadRequest, "discordance_below_difference");
        await evaluation.As(Roles.Employer).GetAsync($"{Sizes}/share").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
