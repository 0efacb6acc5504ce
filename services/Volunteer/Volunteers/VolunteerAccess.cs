using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

/// <summary>Whose data is whose; what is not the caller's to see answers 404, and so does who was erased.</summary>
public static class VolunteerAccess
{
    /// <summary>A volunteer sees itself alone.</summary>
    public static IQueryable<Volunteer> SeenBy(this IQueryable<Volunteer> volunteers, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.ProgrammeOffice) || user.IsInRole(Roles.TrainingPartner)) return volunteers.Where(v => v.ErasedAt == null);
        var account = user.Subject();
        return volunteers.Where(v => v.Account == account);
    }

    /// <summary>With its languages and certifications; null where there is none, or none any more.</summary>
    public static Task<Volunteer?> FindOneAsync(this IQueryable<Volunteer> volunteers, Guid id, CancellationToken cancel) =>
        volunteers.Include(v => v.Languages).Include(v => v.Certifications).AsSplitQuery().SingleOrDefaultAsync(v => v.Id == id && v.ErasedAt == null, cancel);

    /// <summary>With its languages and certifications.</summary>
    public static async Task<Volunteer> OneAsync(this IQueryable<Volunteer> volunteers, Guid id, CancellationToken cancel) =>
        await volunteers.FindOneAsync(id, cancel) ?? throw Unknown();

    internal static NotThere Unknown() => new("volunteer_unknown", "There is no such volunteer.");

    /// <summary>Who is asking, with its languages and certifications.</summary>
    public static async Task<Volunteer> OwnAsync(this IQueryable<Volunteer> volunteers, ClaimsPrincipal user, CancellationToken cancel)
    {
        var account = user.Subject();
        return await volunteers.Include(v => v.Languages).Include(v => v.Certifications).AsSplitQuery().SingleOrDefaultAsync(v => v.Account == account, cancel)
            ?? throw new NotThere("not_a_volunteer", "This account has not applied as a volunteer.");
    }
}
