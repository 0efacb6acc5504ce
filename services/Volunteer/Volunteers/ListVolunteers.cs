using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

/// <param name="Topic">Those whose certificate for this topic counts now.</param>
/// <param name="Search">A part of name, e-mail address or number.</param>
public sealed record VolunteerFilter(VolunteerState? State = null, string? Language = null, string? Skill = null, string? Topic = null,
    string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListVolunteers
{
    /// <summary>In the order they applied.</summary>
    public static async Task<Page<VolunteerView>> Handle([AsParameters] VolunteerFilter filter, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
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
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } search)
            volunteers = volunteers.Where(v => v.Name!.ToLower().Contains(search) || v.Email!.ToLower().Contains(search) || v.Number!.ToLower().Contains(search));
        return await volunteers.PageAsync(v => v.Id, filter, VolunteerView.Of, cancel: cancel);
    }
}
