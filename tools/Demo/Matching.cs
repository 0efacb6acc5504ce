using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>Who teaches what at a facility from today on.</summary>
internal sealed record Lesson(Guid Facility, Volunteer Trainer, Guid Assignment, string Language, string Topic);

/// <summary>The openings of every opened facility: a trainer from today on, one for the second language, and a monitor.</summary>
internal sealed class Matching(People people, Volunteers volunteers, Assignments assignments)
{
    public const int Weeks = 8;
    private static readonly string[] Topics = ["keeping-in-touch", "labour-rights", "money-transfer"];
    private readonly HashSet<(Guid Volunteer, DateTimeOffset Hour)> _planned = [];

    /// <summary>When the first sessions begin, everywhere: at the full minute after all were opened.</summary>
    public DateTimeOffset FirstHour { get; } = NextMinute();

    public async Task<IReadOnlyList<Lesson>> StaffAsync(IReadOnlyList<Guid> facilities)
    {
        var lessons = await facilities.Select((facility, number) => (facility, number)).AtOnceAsync(f => StaffAsync(f.facility, f.number));
        Story.Tell($"{3 * facilities.Count} openings of {facilities.Count} facilities matched, offered and accepted");
        return lessons;
    }

    private async Task<Lesson> StaffAsync(Guid facility, int number)
    {
        var trainers = await assignments.OpeningsAsync(facility, "Trainer", 2);
        var (first, assignment) = await FillAsync(trainers[0], FirstHour, tell: number == 0);
        // The other two come on another day of the week each, so that few of the same people are enough.
        var other = FirstHour.AddDays(1 + number % 6);
        if (number == 0) await RefuseTwoPlacesAtOnceAsync(first, trainers[1]);
        await FillAsync(trainers[1], other);
        // A survey wave asks for monitors of its own, for the weeks it is open.
        var monitors = await assignments.OpeningsAsync(facility, "Monitor", 1);
        await FillAsync(monitors.First(o => o.Text("cause").StartsWith("opened", StringComparison.Ordinal)), other.AddHours(4));
        return new(facility, first, assignment, trainers[0].Each("languages").First().GetString()!, Topics[number % Topics.Length]);
    }

    /// <summary>The best candidate who is free at that hour.</summary>
    private async Task<(Volunteer Volunteer, Guid Assignment)> FillAsync(JsonElement opening, DateTimeOffset hour, bool tell = false)
    {
        var candidates = await people.Office.GetAsync($"/api/volunteer/openings/{opening.Id()}/candidates?limit=200");
        var best = candidates.EnumerateArray().FirstOrDefault(c => volunteers.Trainer(c.Id("volunteerId")) is not null && Plan(c.Id("volunteerId"), hour));
        Story.Expect(best.ValueKind == JsonValueKind.Object, "every opening has a candidate who is free");
        var volunteer = volunteers.Trainer(best.Id("volunteerId"))!;
        if (tell) Story.Tell($"{best.Text("number")} was the best of {candidates.GetArrayLength()} for the first facility with {best.GetProperty("total").GetDouble():0.0} points: "
            + string.Join("; ", best.Each("factors").Select(f => $"{f.Text("name")} {f.GetProperty("points").GetDouble():0.#} of {f.GetProperty("most").GetDouble():0}")));
        return (volunteer, await assignments.TakeAsync(opening.Id(), volunteer, Shift.Weekly(hour, Weeks)));
    }

    private bool Plan(Guid volunteer, DateTimeOffset hour)
    {
        lock (_planned) return _planned.Add((volunteer, hour));
    }

    private async Task RefuseTwoPlacesAtOnceAsync(Volunteer volunteer, JsonElement opening)
    {
        var offer = await assignments.OfferAsync(opening.Id(), volunteer, Shift.Weekly(FirstHour.AddHours(1), Weeks));
        await volunteer.Person.RefusedAsync($"/api/volunteer/assignments/{offer}/accept", new { }, "volunteer_double_booked");
        await volunteer.Person.PostAsync($"/api/volunteer/assignments/{offer}/decline", new { why = "I teach somewhere else at that hour." });
        Story.Tell("a second place at the same hour was refused by the database");
    }

    private static DateTimeOffset NextMinute()
    {
        var now = DateTimeOffset.UtcNow;
        return now.AddTicks(TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute);
    }
}
