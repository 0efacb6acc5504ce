using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Enrollment.Facilities;

public sealed class RemoveHelperWhenAssignmentEnded(EnrollmentDb db) : IConsumer<AssignmentEnded>
{
    public async Task Consume(ConsumeContext<AssignmentEnded> context)
    {
        var (ended, cancel) = (context.Message, context.CancellationToken);
        await db.LockVolunteerAsync(ended.VolunteerId, cancel);
        if (await db.FacilityHelpers.FindAsync([ended.AssignmentId], cancel) is { } helper) helper.EndedAt ??= ended.At;
        else await db.AddHelperAsync(ended.AssignmentId, ended.VolunteerId, ended.Account, ended.FacilityId, ended.Role, ended.At, ended.At, cancel);
    }
}
