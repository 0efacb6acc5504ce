using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Attendance;

/// <summary>Devices send what they have when they are online, some of it again, in batches of any size, several at once.</summary>
public class ReplayTests(TrainingApp training)
{
    private const int Different = 700, Sent = 1000;

    /// <summary>Scans of 120 cards with corrections, and a card that nobody knows; made once, so that every order replays the same.</summary>
    private static IReadOnlyList<Mark> Marks(IReadOnlyList<JoinedWorker> workers, Random random)
    {
        Mark[] different = [.. Enumerable.Range(0, Different).Select(i => new Mark(NewId(random),
            i % 50 == 0 ? "W-NOBODY" : workers[random.Next(workers.Count)].Code, random.Next(1, 200), Revision: random.Next(1, 6)))];
        return [.. different, .. Enumerable.Range(0, Sent - Different).Select(_ => different[random.Next(Different)])];
    }

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    [Fact]
    public async Task A_thousand_marks_in_whatever_order_and_at_once_come_to_the_same_attendance()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(120);
        var marks = Marks(workers, new Random(1));
        var expected = marks.Where(m => m.Card != "W-NOBODY").Select(m => m with { Minutes = Math.Min(m.Minutes!.Value, 120) }).DistinctBy(m => m.Id)
            .GroupBy(m => m.Card).Select(g => g.MaxBy(m => (m.Revision, m.Minutes, m.Id))!).Select(m => (m.Card, m.Minutes!.Value, m.Revision)).Order().ToList();

        for (var order = 0; order < 6; order++)
        {
            // Each order in a session of its own, with ids of its own, for an id is a mark for ever.
            var session = await site.PlanAsync(-3 * (order + 1), 2);
            var mine = marks.Select(m => m with { Id = Mixed(m.Id!.Value, session.Id) }).ToArray();
            var random = new Random(order);
            random.Shuffle(mine);
            var batches = Split(mine, random).ToList();

            if (order % 2 == 0) await Task.WhenAll(batches.Select(b => SendAsync(site, session, b)));
            else foreach (var batch in batches) await SendAsync(site, session, batch);

            var records = await training.InDbAsync(db => db.AttendanceRecords.Where(r => r.SessionId == session.Id)
                .Join(db.Learners, r => r.LearnerId, l => l.Id, (r, l) => new { l.Code, r.Minutes, r.Revision }).ToListAsync());
            Assert.Equal(expected, records.Select(r => (r.Code!, r.Minutes, r.Revision)).Order());
            Assert.Equal(mine.Where(m => m.Card != "W-NOBODY").DistinctBy(m => m.Id).Count(),
                await training.InDbAsync(db => db.AttendanceMarks.CountAsync(m => m.SessionId == session.Id)));
        }
    }

    [Fact]
    public async Task The_same_mark_sent_many_times_at_once_gets_the_same_answer_and_counts_once()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync(-1, 2);
        var mark = new Mark(Guid.NewGuid(), worker.Code, 50);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(site, session, [mark])));

        Assert.Single(answers.Select(a => a.Results.Single()).Distinct());
        Assert.Equal(1, await training.InDbAsync(db => db.AttendanceMarks.CountAsync(m => m.SessionId == session.Id)));
    }

    [Fact]
    public async Task Attendance_after_closing_corrects_what_was_published_once_for_each_batch_that_changes_it()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var workers = await site.WorkersAsync(3);
        var session = await site.PlanAsync(-4, 2, trainer: trainer);
        await SendAsync(site, session, [new(Guid.NewGuid(), workers[0].Code, 100)]);

        await trainer.Client.PostAsync<SessionView>($"/api/training/sessions/{session.Id}/deliver");
        var first = await training.Broker.HeardAsync<SessionDelivered>(e => e.SessionId == session.Id);
        Assert.Equal((trainer.Id, site.Id, Site.Basics, "hi", "workers", 1, 120, 100, false),
            (first.TrainerId, first.FacilityId, first.Topic, first.Language, first.Audience, first.Attended, first.Minutes, first.PersonMinutes, first.Late));

        Mark[] late = [new(Guid.NewGuid(), workers[1].Code, 60), new(Guid.NewGuid(), workers[2].Code, 30)];
        await SendAsync(site, session, late);
        await SendAsync(site, session, late); // changes nothing
        await SendAsync(site, session, [new(Guid.NewGuid(), workers[2].Code, 31)]);

        var corrections = await training.Broker.HeardAsync<SessionDelivered>(e => e.SessionId == session.Id && e.Late, 2);
        Assert.Equal([(3, 190), (3, 191)], corrections.Select(c => (c.Event.Attended, c.Event.PersonMinutes)).Order());
        Assert.Equal(2, training.Broker.Heard<SessionDelivered>(e => e.SessionId == session.Id && e.Late).Count);
    }

    private static Task<MarkReport> SendAsync(Site site, SessionView session, IReadOnlyList<Mark> marks) =>
        site.Partner.PostAsync<MarkReport>($"/api/training/sessions/{session.Id}/attendance/batch", new { sentAt = DateTimeOffset.UtcNow, marks });

    private static IEnumerable<Mark[]> Split(Mark[] marks, Random random)
    {
        for (var from = 0; from < marks.Length;)
        {
            var count = Math.Min(random.Next(1, 120), marks.Length - from);
            yield return marks[from..(from += count)];
        }
    }

    /// <summary>Another id in each session, in the same order among each other.</summary>
    private static Guid Mixed(Guid id, Guid session)
    {
        var (bytes, with) = (id.ToByteArray(), session.ToByteArray());
        with.AsSpan(8..).CopyTo(bytes.AsSpan(8..));
        return new(bytes);
    }
}
