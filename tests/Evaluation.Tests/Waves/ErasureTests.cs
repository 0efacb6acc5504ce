using System.Net;
using System.Security.Cryptography;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Waves;

/// <summary>Consent taken back when the wave has long been frozen.</summary>
public class ErasureTests(EvaluationApp evaluation)
{
    private const string Analyses = "/api/evaluation/analyses";

    [Fact]
    public async Task A_deleted_interview_leaves_the_snapshot_which_then_says_what_is_left()
    {
        var (survey, ids) = await FrozenAsync(workers: 3);
        var frozen = await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot");
        Assert.Equal((0, frozen.Sha256), (frozen.Erased, frozen.Left));

        await DeleteAsync(survey, ids[1]);

        var rows = await evaluation.InDbAsync(db => db.SnapshotSubmissions.AsNoTracking().Where(s => ids.Contains(s.SubmissionId)).OrderBy(s => s.SubmissionId).ToListAsync());
        Assert.Equal([ids[0], ids[2]], rows.Select(r => r.SubmissionId));
        var now = await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot");
        Assert.Equal((frozen.Sha256, 3, 1, 2), (now.Sha256, now.Submissions, now.Erased, now.Instruments["I1"]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. rows.SelectMany(r => r.Sha256)])), now.Left);

        await DeleteAsync(survey, ids[0]);
        await DeleteAsync(survey, ids[2]);
        Assert.Equal((3, Convert.ToHexStringLower(SHA256.HashData([]))), await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot") is var none ? (none.Erased, none.Left) : default);
    }

    [Fact]
    public async Task Published_results_stand_and_say_that_they_cannot_be_computed_again()
    {
        var (survey, ids) = await FrozenAsync(workers: 14);
        var first = await ComputeAsync(survey);
        await survey.Evaluator.PostAsync<AnalysisView>($"{Analyses}/{first.Id}/publish");
        var bytes = await survey.Evaluator.GetByteArrayAsync($"{Analyses}/{first.Id}/results/lab-access");
        Assert.True((await ComputeAsync(survey)).Recomputable);

        await DeleteAsync(survey, ids[5]);

        Assert.False((await ReadAsync(survey, first.Id)).Recomputable);
        Assert.Equal(bytes, await survey.Evaluator.GetByteArrayAsync($"{Analyses}/{first.Id}/results/lab-access"));
        var second = await ComputeAsync(survey);
        var left = (await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot")).Left;
        Assert.Equal((2, left, true), (second.Number, second.Snapshot, second.Recomputable));
        Assert.Equal(second.Id, (await ComputeAsync(survey)).Id);
        Assert.Equal((14, 13), (await PeopleAsync(survey, first.Id), await PeopleAsync(survey, second.Id)));
    }

    [Fact]
    public async Task What_was_deleted_cannot_be_had_as_the_difference_of_two_publications()
    {
        var (survey, ids) = await FrozenAsync(workers: 25);
        var first = await ComputeAsync(survey);
        await survey.Evaluator.PostAsync<AnalysisView>($"{Analyses}/{first.Id}/publish");
        foreach (var id in ids.Take(9)) await DeleteAsync(survey, id);
        var few = await ComputeAsync(survey);
        await survey.Evaluator.PostAsync($"{Analyses}/{few.Id}/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "few_answers_apart");

        await DeleteAsync(survey, ids[9]);

        await survey.Evaluator.PostAsync($"{Analyses}/{few.Id}/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "answers_deleted_since");
        var ten = await ComputeAsync(survey);
        Assert.NotNull((await survey.Evaluator.PostAsync<AnalysisView>($"{Analyses}/{ten.Id}/publish")).PublishedAt);
    }

    /// <returns>The submissions, in their order.</returns>
    private async Task<(Survey Survey, IReadOnlyList<long> Submissions)> FrozenAsync(int workers)
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(workers);
        await survey.OpenAsync();
        var ids = new List<long>();
        foreach (var worker in survey.Places[0].Workers) ids.Add((await survey.SubmitAsync(survey.Places[0], worker)).Id);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        return (survey, ids);
    }

    private static async Task DeleteAsync(Survey survey, long id) =>
        Assert.Equal(HttpStatusCode.NoContent, (await survey.Evaluator.PostAsync($"/api/evaluation/submissions/{id}/delete", new { })).StatusCode);

    private static Task<AnalysisView> ComputeAsync(Survey survey) => survey.Evaluator.PostAsync<AnalysisView>(Analyses, new { wave = survey.Code });

    private static async Task<AnalysisView> ReadAsync(Survey survey, Guid id) =>
        (await survey.Evaluator.GetAsync<Postgres.Page<AnalysisView>>($"{Analyses}?wave={survey.Code}")).Items.Single(a => a.Id == id);

    private static async Task<int?> PeopleAsync(Survey survey, Guid id) =>
        Evaluation.Results.Engine.ResultsEngine.Read(await survey.Evaluator.GetByteArrayAsync($"{Analyses}/{id}/results/lab-access")).Measures[0].Overall.NPost;
}
