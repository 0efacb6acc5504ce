using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed class NameHelperWhenAssignmentAccepted(EnrollmentDb db) : IConsumer<AssignmentAccepted>
{
    public async Task Consume(ConsumeContext<AssignmentAccepted> context)
    {
        var (accepted, cancel) = (context.Message, context.CancellationToken);
        await db.LockVolunteerAsync(accepted.VolunteerId, cancel);
        if (await db.FacilityHelpers.AnyAsync(h => h.Id == accepted.AssignmentId, cancel)) return; // over already
        await db.AddHelperAsync(accepted.AssignmentId, accepted.VolunteerId, accepted.Account, accepted.FacilityId, accepted.Role, accepted.At, endedAt: null, cancel);
    }
}

/// <summary>What the news of assignments have in common.</summary>
internal static class HelpersByAssignment
{
    /// <summary>News of one volunteer take their turns, so that an account that is forgotten just now does not come back.</summary>
    public static Task LockVolunteerAsync(this EnrollmentDb db, Guid id, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 0))", cancel);

    public static async Task AddHelperAsync(this EnrollmentDb db, Guid assignmentId, Guid volunteerId, string account, Guid facilityId, string role, DateTimeOffset at,
        DateTimeOffset? endedAt, CancellationToken cancel)
    {
        if (await db.ErasedVolunteers.AnyAsync(v => v.Id == volunteerId, cancel)) return;
        db.FacilityHelpers.Add(new FacilityHelper
        {
            Id = assignmentId,
            FacilityId = facilityId,
            Subject = account,
            Role = Enum.Parse<HelperRole>(role, ignoreCase: true),
            NamedAt = at,
            NamedBy = nameof(NameHelperWhenAssignmentAccepted),
            VolunteerId = volunteerId,
            EndedAt = endedAt,
        });
    }
}
