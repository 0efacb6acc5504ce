using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Volunteers.Tests;

/// <summary>A volunteer and a client signed in as it.</summary>
public sealed record Person(Guid Id, string Account, VolunteerDetails Details, HttpClient Client);

/// <summary>What tests need to have happened before.</summary>
public static class Steps
{
    public const string Volunteers = "/api/volunteer/volunteers", Me = "/api/volunteer/me";

    public static VolunteerDetails Details(string? name = null, string[]? languages = null, string messageLanguage = "en")
    {
        var unique = Guid.NewGuid().ToString("n")[..10];
        return new(name ?? $"Amina {unique}", $"amina.{unique}@example.org",
            [.. (languages ?? ["en", "hi"]).Select((l, i) => new LanguageSkill(l, i == 0 ? LanguageLevel.Native : LanguageLevel.Good))],
            [AssignmentRoles.Trainer], $"+974 {Random.Shared.NextInt64(10_000_000, 99_999_999)}", $"Al Wakra {unique}", 25.171, 51.603, $"I like to help {unique}.", messageLanguage);
    }

    public static async Task<Person> ApplyAsync(this VolunteerApp volunteer, VolunteerDetails? details = null)
    {
        details ??= Details();
        var account = $"volunteer-{Guid.NewGuid():n}";
        var client = volunteer.As(Roles.Volunteer, subject: account);
        var view = await client.PostAsync<VolunteerView>(Volunteers, details);
        return new(view.Id, account, details, client);
    }

    public static async Task<Person> ScreenedAsync(this VolunteerApp volunteer, VolunteerDetails? details = null)
    {
        var person = await volunteer.ApplyAsync(details);
        await volunteer.As(Roles.ProgrammeOffice).PostAsync<VolunteerView>($"{Volunteers}/{person.Id}/accept");
        return person;
    }

    public static async Task<Person> CertifiedAsync(this VolunteerApp volunteer, params string[] topics)
    {
        var person = await volunteer.ScreenedAsync();
        var now = volunteer.Clock.GetUtcNow();
        await volunteer.DeliverAsync(new VolunteerCertified(person.Id, Guid.NewGuid(), topics.Length > 0 ? topics : ["computer-basics"], now.AddYears(1), now));
        return person;
    }
}
