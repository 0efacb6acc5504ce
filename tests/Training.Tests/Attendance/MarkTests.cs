using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Attendance;

public class MarkTests(TrainingApp training)
{
    private static string Path(SessionView session) => $"/api/training/sessions/{session.Id}/attendance";

    private static Mark Of(JoinedWorker worker, int? minutes = null, int revision = 1) => new(Guid.NewGuid(), worker.Code, minutes, Revision: revision);

    private static Task<MarkReport> SendAsync(HttpClient client, SessionView session, params Mark[] marks) => SendAsync(client, session, DateTimeOffset.UtcNow, marks);

    private static Task<MarkReport> SendAsync(HttpClient client, SessionView session, DateTimeOffset sentAt, params Mark[] marks) =>
        client.PostAsync<MarkReport>(Path(session) + "/batch", new { sentAt, marks });

    private static async Task<AttendanceRow> OnlyRowAsync(HttpClient client, SessionView session) =>
        (await client.GetAsync<Page<AttendanceRow>>(Path(session))).Items.Single();

    [Fact]
    public async Task A_trainer_scans_a_card_and_the_worker_was_there_for_the_whole_session()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2, trainer: trainer);

        var mark = Of(worker) with { Card = $"https://example.org/w/{worker.Code.ToLowerInvariant()}/" };
        var result = await trainer.Client.PostAsync<MarkResult>(Path(session), mark);

        Assert.Equal((true, 120, false), (result.Done, result.Minutes, result.Guest));
        Assert.Equal(result, await trainer.Client.PostAsync<MarkResult>(Path(session), mark)); // sent again: the same answer, nothing more
        Assert.Equal((worker.WorkerId, worker.Code, 120), await RowAsync());
        Assert.Equal(120, (await trainer.Client.GetAsync<SessionView>($"/api/training/sessions/{session.Id}")).PersonMinutes);
        Assert.Equal("trainer", (await site.Partner.GetAsync<Page<MarkRow>>(Path(session) + "/marks")).Items.Single().RecordedBy);

        async Task<(Guid, string?, int)> RowAsync()
        {
            var row = await OnlyRowAsync(site.Partner, session);
            return (row.LearnerId, row.Card, row.Minutes);
        }
    }

    [Fact]
    public async Task A_correction_counts_by_its_revision_and_not_by_when_it_comes()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(1);
        var session = await site.PlanAsync(-1, 2);

        await SendAsync(site.Partner, session, Of(workers[0], 30, revision: 2), Of(workers[0], 90, revision: 1));
        Assert.Equal((30, 2), await MinutesAsync());
        await SendAsync(site.Partner, session, Of(workers[0], 45, revision: 2)); // two devices, the same revision: the longer
        await SendAsync(site.Partner, session, Of(workers[0], 20, revision: 2));
        Assert.Equal((45, 2), await MinutesAsync());

        var marks = (await site.Partner.GetAsync<Page<MarkRow>>(Path(session) + "/marks")).Items;
        Assert.Equal([(20, false), (30, false), (45, true), (90, false)], marks.Select(m => (m.Minutes, m.Counts)).Order());

        async Task<(int, int)> MinutesAsync()
        {
            var row = await OnlyRowAsync(site.Partner, session);
            return (row.Minutes, row.Revision);
        }
    }

    [Fact]
    public async Task A_batch_is_answered_mark_by_mark_and_the_good_ones_count()
    {
        var (site, other) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var trainer = await site.TrainerAsync();
        var (w, guest) = (await site.WorkersAsync(8), (await other.WorkersAsync(1))[0]);
        var session = await site.PlanAsync(-1, 2);
        var now = DateTimeOffset.UtcNow;
        var used = Of(w[0], 60);

        var report = await SendAsync(site.Partner, session, now,
            used,
            Of(guest, 10),
            new Mark(Guid.NewGuid(), "W-NOBODY"),
            new Mark(Guid.NewGuid(), trainer.Id.ToString()),
            used with { Card = w[1].Code },
            Of(w[1], 0),
            Of(w[1], 60, revision: 0),
            Of(w[1], 60, revision: int.MaxValue),
            Of(w[1]) with { At = now.AddHours(1) },
            Of(w[1]) with { In = now.AddHours(-1), Out = now.AddHours(1) },
            Of(w[1]) with { In = now, Out = now.AddHours(-1) },
            Of(w[1]) with { At = now.AddHours(-5) },
            Of(w[2], 600),
            Of(w[3]) with { In = now.AddMinutes(-50), Out = now.AddMinutes(-20) },
            used);

        Assert.Equal([null, null, "card_unknown", "learner_not_of_audience", "mark_id_reused", "minutes_not_valid", "revision_not_valid", "revision_not_valid", "time_in_future",
            "time_in_future", "time_not_valid", "time_before_session", null, null, null], report.Results.Select(r => r.Code));
        Assert.Equal([60, 10, 120, 30, 60], report.Results.Where(r => r.Done).Select(r => r.Minutes!.Value));
        Assert.Equal([false, true, false, false, false], report.Results.Where(r => r.Done).Select(r => r.Guest));
        Assert.Equal((5, 10), (report.Done, report.Refused));
        var view = await site.Partner.GetAsync<SessionView>($"/api/training/sessions/{session.Id}");
        Assert.Equal((4, 220), (view.Attended, view.PersonMinutes));

        await site.Partner.PostAsync(Path(session), new Mark(Guid.NewGuid(), "W-NOBODY")).RefusesAsync(HttpStatusCode.Conflict, "card_unknown");
    }

    [Theory]
    [InlineData(-48)]
    [InlineData(0.2)]
    [InlineData(24 * 365)]
    public async Task A_device_whose_clock_is_wrong_is_put_right_and_it_is_noted(double hoursWrong)
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2);
        var deviceNow = DateTimeOffset.UtcNow.AddHours(hoursWrong);

        var report = await SendAsync(site.Partner, session, deviceNow, Of(worker) with { In = deviceNow.AddMinutes(-40), Out = deviceNow.AddMinutes(-10) });

        Assert.Equal(30, report.Results.Single().Minutes);
        Assert.InRange(report.ClockOffset, -hoursWrong * 3600 - 5, -hoursWrong * 3600 + 60);
        Assert.Equal(report.ClockOffset, (await site.Partner.GetAsync<Page<MarkRow>>(Path(session) + "/marks")).Items.Single().ClockOffset);
    }

    [Fact]
    public async Task A_single_scan_from_the_future_is_refused_and_changes_nothing()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2);

        foreach (var ahead in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(400) })
            await site.Partner.PostAsync(Path(session), Of(worker) with { At = DateTimeOffset.UtcNow + ahead }).RefusesAsync(HttpStatusCode.Conflict, "time_in_future");
        Assert.Empty((await site.Partner.GetAsync<Page<MarkRow>>(Path(session) + "/marks")).Items);

        await site.Partner.PostAsync<MarkResult>(Path(session), Of(worker) with { At = DateTimeOffset.UtcNow.AddDays(-3) }); // a slow clock
        Assert.InRange((await site.Partner.GetAsync<Page<MarkRow>>(Path(session) + "/marks")).Items.Single().ClockOffset, 3 * 86400, 3 * 86400 + 60);
    }

    [Fact]
    public async Task Attendance_is_taken_neither_before_a_session_nor_at_one_that_was_called_off()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var (soon, tomorrow, off) = (await site.PlanAsync(0.4, 1), await site.PlanAsync(24), await site.PlanAsync(48));
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{off.Id}/cancel", new { why = "holiday" });

        await site.Partner.PostAsync(Path(tomorrow), Of(worker)).RefusesAsync(HttpStatusCode.Conflict, "session_not_begun");
        await site.Partner.PostAsync(Path(off), Of(worker)).RefusesAsync(HttpStatusCode.Conflict, "session_cancelled");
        await site.Partner.PostAsync<MarkResult>(Path(soon), Of(worker)); // people come some minutes early
        await site.Partner.PostAsync($"/api/training/sessions/{soon.Id}/cancel", new { why = "too late" }).RefusesAsync(HttpStatusCode.Conflict, "session_has_attendance");
    }

    [Fact]
    public async Task Only_who_runs_a_session_takes_its_attendance()
    {
        var site = await Site.OpenAsync(training);
        var (trainer, colleague) = (await site.TrainerAsync(), await site.TrainerAsync());
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2, trainer: trainer);

        await colleague.Client.PostAsync(Path(session), Of(worker)).RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await colleague.Client.GetAsync(Path(session)).RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await training.As(Roles.Employer, site.Employer).PostAsync(Path(session), Of(worker)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Employer, site.Employer).GetAsync(Path(session)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.WithScope("training.write").PostAsync<MarkResult>(Path(session), Of(worker));

        await trainer.Client.PostAsync(Path(session) + "/batch", new { sentAt = DateTimeOffset.UtcNow, marks = Enumerable.Range(0, 501).Select(_ => Of(worker)) })
            .RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await trainer.Client.PostAsync(Path(session) + "/batch", new { marks = new[] { Of(worker) } }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await trainer.Client.PostAsync(Path(session) + "/batch", new { sentAt = DateTimeOffset.UtcNow, marks = new[] { new { card = worker.Code } } })
            .RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }
}
