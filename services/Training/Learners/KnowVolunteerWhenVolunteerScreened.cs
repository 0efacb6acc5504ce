using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Learners;

/// <summary>A screened volunteer may be trained to teach.</summary>
public sealed class KnowVolunteerWhenVolunteerScreened(TrainingDb db) : IConsumer<VolunteerScreened>
{
    public Task Consume(ConsumeContext<VolunteerScreened> context) =>
        db.KnowVolunteerAsync(context.Message.VolunteerId, context.Message.Account, context.Message.Number, context.Message.Languages, context.CancellationToken);
}
