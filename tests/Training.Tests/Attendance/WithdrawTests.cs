using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Attendance;

/// <summary>Has a clock of its own to move on.</summary>
public class WithdrawTests(FreshTrainingApp training) : IClassFixture<FreshTrainingApp>
{
    private static string Path(SessionView session) => $"/api/training/sessions/{session.Id}/attendance";

    private static string Withdrawing(SessionView session, Mark mark) => $"{Path(session)}/marks/{mark.Id}/withdraw";

    private static Mark Of(JoinedWorker worker, int minutes, int revision = 1) => new(Guid.NewGuid(), worker.Code, minutes, Revision: revision);

    [Fact]
    public async Task A_mark_that_a_trainer_withdraws_counts_no_more_and_stays_in_the_history_with_its_reason()
    {
        var site = await Site.OpenAsync(training);
        var (trainer, workers) = (await site.TrainerAsync(), await site.WorkersAsync(2));
        var session = await site.PlanAsync(-1, 2, trainer: trainer);
        var (right, wrong) = (Of(workers[0], 90), Of(workers[1], 60));
        foreach (var mark in new[] { right, wrong }) await trainer.Client.PostAsync<MarkResult>(Path(session), mark);

        var row = await trainer.Client.PostAsync<MarkRow>(Withdrawing(session, wrong), new { why = "scanned a card from the floor" });

        Assert.Equal((wrong.Id, false, "trainer", "scanned a card from the floor"), (row.Id, row.Counts, row.WithdrawnBy, row.WhyWithdrawn));
        Assert.Equal([(workers[0].WorkerId, 90)], (await AttendanceAsync(site, session)).Select(r => (r.LearnerId, r.Minutes)));
        Assert.Equal([row], (await site.Partner.GetAsync<Page<MarkRow>>($"{Path(session)}/marks")).Items.Where(m => m.WithdrawnAt is not null));

        Assert.True((await trainer.Client.PostAsync<MarkResult>(Path(session), wrong)).Done); // a phone sends it again: known, and it still does not count
        Assert.Single(await AttendanceAsync(site, session));
        await trainer.Client.PostAsync(Withdrawing(session, wrong), new { why = "once more" }).RefusesAsync(HttpStatusCode.Conflict, "mark_already_withdrawn");
        await trainer.Client.PostAsync<MarkResult>(Path(session), Of(workers[1], 30)); // came after all
        Assert.Equal([30, 90], (await AttendanceAsync(site, session)).Select(r => r.Minutes).Order());
    }

    [Fact]
    public async Task The_next_of_the_persons_marks_counts_instead_of_a_withdrawn_one()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2);
        var (first, second, last) = (Of(worker, 90), Of(worker, 50, revision: 2), Of(worker, 10, revision: AttendanceMark.MostRevisions));
        foreach (var mark in new[] { first, second, last }) await site.Partner.PostAsync<MarkResult>(Path(session), mark);

        await WithdrawAsync(first);
        Assert.Equal(10, (await AttendanceAsync(site, session)).Single().Minutes);
        await WithdrawAsync(last);
        Assert.Equal((50, 2), (await AttendanceAsync(site, session)).Select(r => (r.Minutes, r.Revision)).Single());
        await WithdrawAsync(second);
        Assert.Empty(await AttendanceAsync(site, session));

        Task<MarkRow> WithdrawAsync(Mark mark) => site.Partner.PostAsync<MarkRow>(Withdrawing(session, mark), new { why = "the wrong minutes" });
    }

    [Fact]
    public async Task What_was_published_is_corrected_and_after_the_time_for_late_attendance_nothing_is_withdrawn()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(2);
        var session = await site.PlanAsync(-2, 1);
        Mark[] marks = [.. workers.Select(w => Of(w, 40))];
        foreach (var mark in marks) await site.Partner.PostAsync<MarkResult>(Path(session), mark);
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{session.Id}/deliver");

        await site.Partner.PostAsync<MarkRow>(Withdrawing(session, marks[0]), new { why = "was not there" });
        var corrected = await training.Broker.HeardAsync<SessionDelivered>(e => e.SessionId == session.Id && e.Late);
        Assert.Equal((1, 40), (corrected.Attended, corrected.PersonMinutes));

        training.Clock.Advance(TimeSpan.FromDays(31));
        await site.Partner.PostAsync(Withdrawing(session, marks[1]), new { why = "was not there" }).RefusesAsync(HttpStatusCode.Conflict, "attendance_too_late");
        training.Clock.Advance(TimeSpan.FromDays(-31)); // the class's other tests live today
        Assert.Single(await AttendanceAsync(site, session));
    }

    [Fact]
    public async Task Only_who_runs_the_session_withdraws_its_marks_and_says_why()
    {
        var site = await Site.OpenAsync(training);
        var (trainer, colleague) = (await site.TrainerAsync(), await site.TrainerAsync());
        var worker = (await site.WorkersAsync(1))[0];
        var (session, other) = (await site.PlanAsync(-1, 2, trainer: trainer), await site.PlanAsync(-4, 2, trainer: trainer));
        var mark = Of(worker, 60);
        await trainer.Client.PostAsync<MarkResult>(Path(session), mark);

        await trainer.Client.PostAsync(Withdrawing(session, mark), new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await trainer.Client.PostAsync(Withdrawing(other, mark), new { why = "another session's" }).RefusesAsync(HttpStatusCode.NotFound, "mark_unknown");
        await colleague.Client.PostAsync(Withdrawing(session, mark), new { why = "not mine" }).RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await training.As(Roles.Employer, site.Employer).PostAsync(Withdrawing(session, mark), new { why = "not mine" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Single(await AttendanceAsync(site, session));
    }

    private static async Task<IReadOnlyList<AttendanceRow>> AttendanceAsync(Site site, SessionView session) => (await site.Partner.GetAsync<Page<AttendanceRow>>(Path(session))).Items;
}
