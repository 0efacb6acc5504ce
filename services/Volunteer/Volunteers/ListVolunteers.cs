using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

/// <param name="Topic">Those whose certificate for this topic counts now.</param>
/// <param name="AvailableFrom">Those who can come from here until <paramref name="AvailableTo"/>; the two go together.</param>
/// <param name="Search">A part of name, e-mail address or number.</param>
public sealed record VolunteerFilter(VolunteerState? State = null, string? Language = null, string? Skill = null, string? Topic = null,
    DateTimeOffset? AvailableFrom = null, DateTimeOffset? AvailableTo = null, string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListVolunteers
{
    /// <summary>The database looks at every day of it for every volunteer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>In the order they applied.</summary>
    public static async Task<Page<VolunteerView>> Handle([AsParameters] VolunteerFilter filter, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var volunteers = db.Volunteers.AsNoTracking().AsSplitQuery().SeenBy(user);
        if (filter.State is { } state) volunteers = volunteers.Where(v => v.State == state);
        if (filter.Language is { } language) volunteers = volunteers.Where(v => v.Languages.Any(l => l.Language == language));
        if (filter.Skill is { } skill) volunteers = volunteers.Where(v => v.Skills.Contains(skill));
        if (filter.Topic is { } topic)
        {
            var now = clock.GetUtcNow();
            volunteers = volunteers.Where(v => v.Certifications.Any(c =>
                c.RevokedAt == null && c.CertifiedAt <= now && (c.ValidUntil == null || c.ValidUntil > now) && c.Topics.Contains(topic)));
        }
        if (filter.AvailableFrom is null != filter.AvailableTo is null || filter.AvailableTo <= filter.AvailableFrom)
            throw new BadInput("period_not_valid", "Give both ends of the time at which somebody is wanted, the earlier first.");
        if (filter is { AvailableFrom: { } from, AvailableTo: { } to })
        {
            if (to - from > Longest) throw new BadInput("period_too_long", $"Ask for at most {Longest.TotalDays} days.");
            volunteers = volunteers.Where(v => db.IsAvailable(v.Id, from.ToUniversalTime(), to.ToUniversalTime(), programme.TimeZone));
        }
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } search)
            volunteers = volunteers.Where(v => v.Name!.ToLower().Contains(search) || v.Email!.ToLower().Contains(search) || v.Number!.ToLower().Contains(search));
        return await volunteers.PageAsync(v => v.Id, filter, VolunteerView.Of, cancel: cancel);
    }
}
