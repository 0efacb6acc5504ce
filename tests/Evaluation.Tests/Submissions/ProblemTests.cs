using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Submissions;

/// <summary>A phone is never refused for its answers, which would be lost; what the form does not allow is told and counts as missing.</summary>
public class ProblemTests(EvaluationApp evaluation)
{
    private const string Submissions = "/api/evaluation/submissions";

    [Theory]
    [InlineData(FieldWork.Baseline, "<AC1>maybe</AC1><AC3>dont_know</AC3>", "AC1:choice_unknown")]
    [InlineData(FieldWork.Baseline, "<EN1>3</EN1><EN2>music opera</EN2>", "EN2:choice_unknown")]
    [InlineData(FieldWork.Baseline, "<EN1>3</EN1><EN2>music dont_know</EN2>", "EN2:out_of_bounds")] // that answer stands alone
    [InlineData(FieldWork.Baseline, "<AC1>yes</AC1><AC1>no</AC1><ZZ9>yes</ZZ9><YY9/>", "AC1:several_answers", "ZZ9:item_unknown")]
    [InlineData(FieldWork.Baseline, "<AC1>yes</AC1><FI1>refused</FI1><EN1>3</EN1><EN2>music games</EN2>")]
    [InlineData(FieldWork.Checklist, "<OB1>169</OB1><OB2>10</OB2><OB3>11</OB3>", "OB1:out_of_bounds", "OB3:out_of_bounds")]
    [InlineData(FieldWork.Checklist, "<OB1>many</OB1><OB2>10</OB2><OB3>10</OB3><OB8>12.5</OB8>", "OB1:not_a_number")]
    [InlineData(FieldWork.Checklist, "<OB1>168</OB1><OB3>3</OB3><today>22.11.2026</today>", "today:not_a_date")] // how many stand there was not said
    public async Task What_the_form_does_not_allow_is_taken_and_told(string form, string answers, params string[] problems)
    {
        var field = await FieldWork.PrepareAsync(evaluation);

        Assert.True((await field.Phone.SubmitAsync((await field.FillAsync(form, answers: answers)).Xml)).IsSuccess);

        var view = Assert.Single((await field.Office.GetAsync<Page<SubmissionView>>($"{Submissions}?facility={field.Facility}&problems={(problems.Length > 0 ? "true" : "false")}")).Items);
        Assert.Equal(problems.Order(), view.Problems!.Select(p => p.ToString()).Order());
        Assert.Empty((await field.Office.GetAsync<Page<SubmissionView>>($"{Submissions}?facility={field.Facility}&problems={(problems.Length > 0 ? "false" : "true")}")).Items);
    }

    [Fact]
    public async Task A_table_shows_them_with_the_flags()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        await field.Phone.SubmitAsync((await field.FillAsync(form, card: FieldWork.Card(), answers: "<AC1>maybe</AC1><N1>few</N1>")).Xml);

        var csv = await field.Office.GetStringAsync($"/api/evaluation/forms/{form}/submissions.csv");
        var rows = await field.Office.GetAsync<System.Text.Json.JsonElement>($"/api/evaluation/forms/{form}.svc/Submissions");

        Assert.Contains(",duplicate,unknown_card,not_drawn,problems,AC1,N1\r\n", csv);
        Assert.Contains(",false,true,false,AC1:choice_unknown | N1:not_a_number,maybe,few\r\n", csv);
        var system = rows.GetProperty("value")[0].GetProperty("__system");
        Assert.Equal((true, false, "AC1:choice_unknown | N1:not_a_number"), (system.GetProperty("unknownCard").GetBoolean(), system.GetProperty("notDrawn").GetBoolean(), system.GetProperty("problems").GetString()));
    }

    [Fact]
    public async Task A_freeze_keeps_which_answers_were_impossible()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        var place = survey.Places[0];
        var wave = await survey.OpenAsync();
        var (sound, odd) = (await survey.SubmitAsync(place, place.Workers[0]), await survey.SubmitAsync(place, place.Workers[1]));
        // As a phone would have sent it: a partner system is refused.
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update submissions set problems = array['CD0:choice_unknown', 'ZZ9:item_unknown'] where id = {odd.Id}"));
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        var rows = await evaluation.InDbAsync(db => db.SnapshotSubmissions.AsNoTracking().Where(s => s.WaveId == wave.Id).ToDictionaryAsync(s => s.SubmissionId, s => s.Impossible));
        Assert.Null(rows[sound.Id]);
        Assert.Equal(["CD0", "ZZ9"], rows[odd.Id]!);
    }
}
