using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A certified volunteer with a trainer's place at the school.</summary>
public sealed class Teacher : IAsyncLifetime
{
    private readonly WholeSystem _system;
    private School _school = null!;
    private DateTimeOffset _next = DateTimeOffset.UtcNow.AddHours(-2); // the hours that the school leaves free

    public Teacher(Portal portal) : this(portal.System) { }

    internal Teacher(WholeSystem system) => _system = system;

    public Guid Id { get; private set; }
    public Person Person { get; private set; } = null!;
    public Guid Assignment { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _school = await _system.School.OpenAsync();
        Person = await _system.Staff.NewVolunteerAsync();
        Id = await Person.ApplyAsVolunteerAsync("Nadia");
        await _system.Office.ScreenAsync(Id);
        var course = await _school.Partner.WriteDownCourseAsync("The training partner's hall");
        await _school.Partner.MarkAsync(course.Id, $"{Id}");
        await _school.Partner.DeliverAsync(course.Id);
        await Person.PassAsync(_school.Quizzes);
        await Person.CertifiedAsync();
        Assignment = await Person.TakeTrainersPlaceAsync(_system.Office, Id, _school.Facility);
    }

    /// <summary>A quarter of an hour of its own; begun already, so that attendance is taken.</summary>
    public Task<Guid> PlanAsync()
    {
        var starts = _next;
        Assert.True(starts < DateTimeOffset.UtcNow, "The free hours are taken: a session that has not begun cannot be closed.");
        _next = starts.AddMinutes(15);
        return PlanAsync(starts);
    }

    public async Task<Guid> PlanAsync(DateTimeOffset starts)
    {
        var answer = await Eventually.BecomesAsync(() => _school.Partner.TryPostAsync("/api/training/sessions", new
        {
            topic = "keeping-in-touch",
            audience = "Workers",
            language = "hi",
            facilityId = _school.Facility,
            trainerId = Id,
            starts,
            ends = starts.AddMinutes(15),
            seats = 5, // fewer than computers, of which a report of these tests finds one broken
        }), planned => planned.IsDone, TimeSpan.FromMinutes(1)); // once Training has heard of the assignment
        return answer.Read<TrainingSteps.Session>().Id;
    }

    /// <summary>The office asks whether they teach an hour more.</summary>
    public async Task<Guid> OfferAsync(TimeSpan ahead)
    {
        var (office, starts) = (_system.Office, DateTimeOffset.UtcNow + ahead);
        var opening = await office.PostAsync<VolunteerSteps.Named>("/api/volunteer/openings",
            new { facilityId = _school.Facility, role = "Trainer", starts, ends = starts.AddDays(1), languages = new[] { "hi" } });
        return (await office.PostAsync<VolunteerSteps.Named>($"/api/volunteer/openings/{opening.Id}/offers",
            new { volunteerId = Id, shifts = new[] { new { starts, ends = starts.AddHours(1) } } })).Id;
    }

    /// <summary>Workers whose cards Training knows.</summary>
    public async Task<IReadOnlyList<string>> JoinAsync(int workers)
    {
        string[] cards = [.. Enumerable.Range(0, workers).Select(_ => $"P{Guid.NewGuid():n}"[..20].ToUpperInvariant())];
        foreach (var card in cards) (await _school.JoinAsync(card)).Read();
        await Eventually.BecomesAsync(() => _system.Books.OneAsync<long>("training", $"select count(*) from learners where code in ('{string.Join("','", cards)}')"),
            known => known == workers, TimeSpan.FromMinutes(1));
        return cards;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
