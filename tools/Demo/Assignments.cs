using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>A time on site.</summary>
internal sealed record Shift(DateTimeOffset Starts, DateTimeOffset Ends)
{
    /// <summary>The same two hours every week.</summary>
    public static IReadOnlyList<Shift> Weekly(DateTimeOffset first, int weeks) =>
        [.. Enumerable.Range(0, weeks).Select(week => new Shift(first.AddDays(7 * week), first.AddDays(7 * week).AddHours(2)))];
}

/// <summary>Facilities ask for volunteers by themselves; the programme office offers a place, and the volunteer accepts.</summary>
internal sealed class Assignments(People people)
{
    /// <summary>What a facility looks for now, in the order in which it began to; once there are so many.</summary>
    public async Task<IReadOnlyList<JsonElement>> OpeningsAsync(Guid facility, string role, int count)
    {
        var path = $"/api/volunteer/openings?facilityId={facility}&state=Open&role={role}";
        var page = await people.Office.WaitForAsync(path, p => p.Each("items").Count() >= count, $"{count} openings of a facility for a {role}");
        return [.. page.Each("items").OrderBy(o => o.GetProperty("number").GetInt64())];
    }

    /// <summary>Returns the assignment.</summary>
    public async Task<Guid> TakeAsync(Guid opening, Volunteer volunteer, IReadOnlyList<Shift> shifts)
    {
        var offer = await OfferAsync(opening, volunteer, shifts);
        await volunteer.Person.PostAsync($"/api/volunteer/assignments/{offer}/accept");
        return offer;
    }

    public async Task<Guid> OfferAsync(Guid opening, Volunteer volunteer, IReadOnlyList<Shift> shifts) =>
        (await people.Office.PostAsync($"/api/volunteer/openings/{opening}/offers", new { volunteerId = volunteer.Id, shifts })).Id();
}
