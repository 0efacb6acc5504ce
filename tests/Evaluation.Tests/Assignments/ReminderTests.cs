using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Assignments;

/// <summary>Moves the clock by weeks, so it has a service of its own.</summary>
public class ReminderTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    [Fact]
    public async Task Each_facility_with_interviews_to_be_held_is_reminded_once_a_week_until_its_window_closes()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(3, 2);
        await survey.OpenAsync(survey.Plan(lasts: TimeSpan.FromDays(20)));
        await survey.DrawAsync(new { perCluster = 10 });
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);
        foreach (var worker in survey.Places[1].Workers) await survey.SubmitAsync(survey.Places[1], worker);

        await RemindAsync();
        Assert.Equal(0, await ToldAsync(survey)); // nobody is late in the first week
        evaluation.Clock.Advance(TimeSpan.FromDays(8));
        await Task.WhenAll(RemindAsync(), RemindAsync()); // two replicas
        await RemindAsync();
        evaluation.Clock.Advance(TimeSpan.FromDays(7));
        await RemindAsync();
        evaluation.Clock.Advance(TimeSpan.FromDays(7)); // over
        await RemindAsync();

        var told = (await evaluation.Broker.HeardAsync<InterviewsDue>(e => survey.Places.Any(p => p.Id == e.FacilityId), 2)).Select(t => t.Event).OrderBy(e => e.At).ToList();
        Assert.All(told, e => Assert.Equal((survey.Places[0].Id, survey.Code, 2), (e.FacilityId, e.Code, e.Due)));
        Assert.Equal(7, (told[1].At - told[0].At).TotalDays, 0.1);
        Assert.Equal(2, await ToldAsync(survey));
    }

    private Task RemindAsync() => evaluation.Services.GetRequiredService<InterviewReminders>().RemindAsync(TestContext.Current.CancellationToken);

    private Task<int> ToldAsync(Survey survey) =>
        evaluation.InDbAsync(db => db.Set<InterviewReminder>().CountAsync(r => db.Waves.Any(w => w.Id == r.WaveId && w.Code == survey.Code)));
}
