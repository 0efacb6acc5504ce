using System.Net;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Attendance;

/// <summary>Has a clock of its own to move on.</summary>
public class LateTests(FreshTrainingApp training) : IClassFixture<FreshTrainingApp>
{
    [Fact]
    public async Task Attendance_of_a_closed_session_is_taken_for_thirty_days_and_then_no_more()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(3);
        var (closed, open) = (await site.PlanAsync(-2, 1), await site.PlanAsync(-4, 1));
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{closed.Id}/deliver");

        training.Clock.Advance(TimeSpan.FromDays(29));
        await MarkAsync(closed, 0).ReadAsync();
        training.Clock.Advance(TimeSpan.FromDays(2));
        await MarkAsync(closed, 1).RefusesAsync(HttpStatusCode.Conflict, "attendance_too_late");
        await MarkAsync(open, 2).ReadAsync(); // nobody has closed it yet

        Task<HttpResponseMessage> MarkAsync(SessionView session, int worker) =>
            site.Partner.PostAsync($"/api/training/sessions/{session.Id}/attendance", new Mark(Guid.NewGuid(), workers[worker].Code));
    }
}

internal static class Reading
{
    public static async Task<MarkResult> ReadAsync(this Task<HttpResponseMessage> sent) => await (await sent).ReadAsync<MarkResult>();
}
