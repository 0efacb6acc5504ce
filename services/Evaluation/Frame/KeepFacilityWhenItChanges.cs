using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Evaluation.Frame;

/// <summary>One queue for all that Enrollment tells of facilities. Two changes of one at once: the second to commit fails and is tried again.</summary>
public sealed class KeepFacilityWhenItChanges(EvaluationDb db) : IConsumer<FacilityApplied>, IConsumer<FacilityNeedsAssessed>, IConsumer<FacilitySpaceReady>,
    IConsumer<FacilityOpened>, IConsumer<FacilitySuspended>, IConsumer<FacilityResumed>, IConsumer<FacilityClosed>, IConsumer<FacilityWithdrawn>
{
    public async Task Consume(ConsumeContext<FacilityApplied> context)
    {
        var (applied, facility) = (context.Message, await FindAsync(context.Message.FacilityId, context.CancellationToken));
        if (facility.OpenedAt is null) facility.Describe(applied.Code, applied.EmployerId, applied.Zone, applied.Residents); // the opening is later
        facility.Enter(FacilityState.Applied, applied.At);
    }

    public async Task Consume(ConsumeContext<FacilityNeedsAssessed> context)
    {
        var facility = await FindAsync(context.Message.FacilityId, context.CancellationToken);
        if (facility.OpenedAt is null) facility.Speak(context.Message.Languages); // the opening repeats them, and is later
    }

    public async Task Consume(ConsumeContext<FacilitySpaceReady> context) =>
        (await FindAsync(context.Message.FacilityId, context.CancellationToken)).BecomeReady(context.Message.At);

    public async Task Consume(ConsumeContext<FacilityOpened> context)
    {
        var (opened, facility) = (context.Message, await FindAsync(context.Message.FacilityId, context.CancellationToken));
        facility.Describe(opened.Code, opened.EmployerId, opened.Zone, opened.Residents);
        facility.Open(opened.Languages, opened.At);
    }

    public Task Consume(ConsumeContext<FacilitySuspended> context) => EnterAsync(context.Message.FacilityId, FacilityState.Suspended, context.Message.At, context);

    public Task Consume(ConsumeContext<FacilityResumed> context) => EnterAsync(context.Message.FacilityId, FacilityState.Open, context.Message.At, context);

    public Task Consume(ConsumeContext<FacilityClosed> context) => EnterAsync(context.Message.FacilityId, FacilityState.Closed, context.Message.At, context);

    public Task Consume(ConsumeContext<FacilityWithdrawn> context) => EnterAsync(context.Message.FacilityId, FacilityState.Withdrawn, context.Message.At, context);

    private async Task EnterAsync(Guid id, FacilityState state, DateTimeOffset at, ConsumeContext context) =>
        (await FindAsync(id, context.CancellationToken)).Enter(state, at);

    private async Task<Facility> FindAsync(Guid id, CancellationToken cancel) =>
        await db.Facilities.FindAsync([id], cancel) ?? db.Facilities.Add(Facility.Known(id)).Entity;
}
