using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>A planned session, and the cards of those who have a seat in it.</summary>
internal sealed record Planned(Lesson Lesson, Guid Id, IReadOnlyList<string> Seated);

/// <summary>Workers join, get seats in weekly sessions and are marked by the scan of their cards, some of it sent late by a phone that was offline.</summary>
internal sealed class Sessions(People people, DateTimeOffset begins)
{
    private const int WorkersEach = 9, WorkersOfTheFirst = 12, Computers = 10, OfflineEvery = 5, SentLate = 3, SentTwice = 2;
    private static readonly TimeSpan PhoneIsSlow = TimeSpan.FromMinutes(20);
    private int _attended;

    public int Workers { get; private set; }
    /// <summary>Each worker once, for none comes to two sessions today.</summary>
    public int Attended => _attended;

    public async Task JoinAsync(IReadOnlyList<Lesson> lessons)
    {
        var codes = (await people.Office.ListAsync("/api/enrollment/facilities?state=Open")).ToDictionary(f => f.Id(), f => f.Text("code"));
        var csv = new StringBuilder("Facility,Languages,Consent training,Consent evaluation\n");
        for (var i = 0; i < lessons.Count; i++)
            for (var worker = 0; worker < (i == 0 ? WorkersOfTheFirst : WorkersEach); worker++)
                csv.AppendLine($"{codes[lessons[i].Facility]},{lessons[i].Language} en,yes,{(worker % 2 == 0 ? "yes" : "no")}");
        var report = await people.Office.UploadAsync("/api/enrollment/workers/import", Encoding.UTF8.GetBytes(csv.ToString()), "text/csv");
        Workers = report.Number("accepted");
        Story.Expect(Workers == WorkersEach * (lessons.Count - 1) + WorkersOfTheFirst && report.Number("refused") == 0, "every worker of the file joins");
        Story.Tell($"{Workers} workers joined {lessons.Count} facilities by one file and have their cards");
    }

    public async Task<IReadOnlyList<Planned>> PlanAsync(IReadOnlyList<Lesson> lessons)
    {
        var planned = await lessons.AtOnceAsync(PlanAsync);
        Story.Expect(planned[0].Seated.Count == Computers && planned.Skip(1).All(p => p.Seated.Count == WorkersEach), "there are as many seats as computers, and the others wait");
        Story.Tell($"{lessons.Count} weekly series of {Matching.Weeks} sessions planned; {planned.Sum(p => p.Seated.Count)} workers have a seat and {WorkersOfTheFirst - Computers} wait for one");
        return planned;
    }

    /// <summary>Cards are scanned from half an hour before a session on. Phones without a network hold some of it back.</summary>
    public async Task ScanAsync(IReadOnlyList<Planned> sessions)
    {
        await sessions.Select((session, number) => (session, number)).AtOnceAsync(s => ScanAsync(s.session, HeldBack(s.number)));
        Story.Tell($"{Attended} workers were marked by the scan of their cards");
    }

    /// <summary>Sessions are closed, and then comes what was held back.</summary>
    public async Task CloseAsync(IReadOnlyList<Planned> sessions)
    {
        if (begins - DateTimeOffset.UtcNow is { Ticks: > 0 } early) await Task.Delay(early);
        await sessions.AtOnceAsync(s => s.Lesson.Trainer.Person.PostAsync($"/api/training/sessions/{s.Id}/deliver"));
        Story.Tell($"{sessions.Count} sessions delivered");

        await sessions.AtOnceAsync(s => s.Lesson.Trainer.Person.PostAsync($"/api/enrollment/facilities/{s.Lesson.Facility}/champions", new { worker = s.Seated[0] }));
        Story.Tell($"{sessions.Count} workers, one at each facility, became digital champions, who help the others");

        var late = sessions.Where((_, number) => HeldBack(number) > 0).ToList();
        await late.AtOnceAsync(SendLateAsync);
        Story.Tell($"{late.Count} phones found a network again and sent {late.Count * SentLate} marks late, {late.Count * SentTwice} of the others again, by a clock that is {PhoneIsSlow.TotalMinutes} minutes slow");
    }

    private async Task<Planned> PlanAsync(Lesson lesson)
    {
        var partner = people.TrainingPartner;
        var facility = $"/api/training/facilities/{lesson.Facility}";
        await partner.WaitForAsync($"{facility}/trainers", p => p.Each("items").Any(t => t.Id("assignmentId") == lesson.Assignment), "Training to hear of the trainer");
        await partner.WaitForAsync(facility, f => f.Text("state") == "Open" && f.Number("workingComputers") == Computers, "Training to hear of the facility and its computers");
        await partner.RefusedAsync("/api/training/sessions/series", Series(lesson, Computers + 1), "too_many_seats");
        var first = (await partner.PostAsync("/api/training/sessions/series", Series(lesson, Computers))).EnumerateArray().First().Id();

        var cards = (await people.Office.ListAsync($"/api/enrollment/facilities/{lesson.Facility}/workers")).ConvertAll(w => w.Text("code"));
        await partner.WaitForAsync($"/api/training/progress/{cards[0]}", _ => true, "Training to know the workers' cards");
        var roster = await lesson.Trainer.Person.PostAsync($"/api/training/sessions/{first}/roster", new { learners = cards });
        return new(lesson, first, [.. roster.EnumerateArray().Where(r => r.GetProperty("seated").GetBoolean()).Select(r => r.Text("learner"))]);
    }

    private object Series(Lesson lesson, int seats) => new
    {
        topic = lesson.Topic,
        audience = "Workers",
        language = lesson.Language,
        facilityId = lesson.Facility,
        trainerId = lesson.Trainer.Id,
        starts = begins,
        ends = begins.AddMinutes(90),
        seats,
        weeks = Matching.Weeks,
    };

    private static int HeldBack(int number) => number % OfflineEvery == 0 ? SentLate : 0;

    private async Task<bool> ScanAsync(Planned session, int heldBack)
    {
        var now = DateTimeOffset.UtcNow;
        await MarkAsync(session, now, session.Seated.SkipLast(heldBack));
        Interlocked.Add(ref _attended, session.Seated.Count - heldBack);
        return true;
    }

    /// <summary>What was held back, and with it some that had been sent before: marks are known by the ids that the phone gave them.</summary>
    private async Task<bool> SendLateAsync(Planned session)
    {
        var report = await MarkAsync(session, DateTimeOffset.UtcNow - PhoneIsSlow, session.Seated.TakeLast(SentLate + SentTwice));
        Story.Expect(Math.Abs(report.Number("clockOffset") - PhoneIsSlow.TotalSeconds) < 60, "a wrong clock is noticed");
        Interlocked.Add(ref _attended, SentLate);
        return true;
    }

    private static async Task<JsonElement> MarkAsync(Planned session, DateTimeOffset sentAt, IEnumerable<string> cards)
    {
        var report = await session.Lesson.Trainer.Person.PostAsync($"/api/training/sessions/{session.Id}/attendance/batch",
            new { sentAt, marks = cards.Select(card => new { id = MarkOf(session, card), card }) });
        Story.Expect(report.Number("refused") == 0, "every mark is taken, however often it is sent");
        return report;
    }

    /// <summary>As a phone gives it when it scans the card, so that it is the same when the mark is sent again.</summary>
    private static Guid MarkOf(Planned session, string card) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{session.Id} {card}")).AsSpan(0, 16));
}
