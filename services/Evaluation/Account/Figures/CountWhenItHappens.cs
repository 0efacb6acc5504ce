using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Figures;

/// <summary>What the programme's own events count for: this page is the lineage of every figure.</summary>
[Repeatable]
public sealed class CountWhenItHappens(EvaluationDb db) :
    IConsumer<FacilityApplied>, IConsumer<FacilityOpened>, IConsumer<FacilityClosed>, IConsumer<WorkersJoined>, IConsumer<ChampionNamed>,
    IConsumer<DonationReceived>, IConsumer<WorkOrderClosed>, IConsumer<KitDelivered>, IConsumer<DevicesRecycled>, IConsumer<VolunteerScreened>, IConsumer<VolunteerCertified>,
    IConsumer<HoursApproved>, IConsumer<SiteReported>, IConsumer<SessionDelivered>, IConsumer<CourseCompleted>
{
    public Task Consume(ConsumeContext<FacilityApplied> c) => CountAsync(c, c.Message.At, c.Message.EmployerId, null, ("employers-enrolled", 1));

    public Task Consume(ConsumeContext<FacilityOpened> c) =>
        CountAsync(c, c.Message.At, c.Message.FacilityId, c.Message.FacilityId, ("facilities-opened", 1), ("facilities-open", 1), ("people-with-access", c.Message.Residents));

    public Task Consume(ConsumeContext<FacilityClosed> c) => CountAsync(c, c.Message.At, c.Message.FacilityId, c.Message.FacilityId, ("facilities-open", -1));

    // No id of its own: the message's tells a repetition.
    public Task Consume(ConsumeContext<WorkersJoined> c) => c.Message.Moved ? Task.CompletedTask : CountAsync(c, c.Message.At, c.MessageId!, c.Message.FacilityId, ("workers-joined", c.Message.Workers.Count));

    public Task Consume(ConsumeContext<ChampionNamed> c) => CountAsync(c, c.Message.At, c.Message.WorkerId, c.Message.FacilityId, ("champions-named", 1));

    // A donation may come in several manifests, each its own event.
    public Task Consume(ConsumeContext<DonationReceived> c) => db.InTransactionAsync(async () =>
    {
        await CountAsync(c, c.Message.At, c.MessageId!, null, c.Message.DonorId.ToString(), ("devices-donated", c.Message.Devices));
        return await db.ValueFactsAsync("devices-donated", c.CancellationToken);
    }, c.CancellationToken);

    public async Task Consume(ConsumeContext<WorkOrderClosed> c)
    {
        if (c.Message.Refurbished == 0) return;
        await CountAsync(c, c.Message.At, c.Message.ClubId, null, ("clubs-refurbishing", 1));
        await CountAsync(c, c.Message.At, c.Message.WorkOrderId, null, ("devices-refurbished", c.Message.Refurbished));
    }

    public Task Consume(ConsumeContext<KitDelivered> c) => CountAsync(c, c.Message.At, c.Message.KitId, c.Message.FacilityId, ("computers-deployed", c.Message.Computers));

    public Task Consume(ConsumeContext<DevicesRecycled> c) =>
        CountAsync(c, c.Message.At, c.Message.BatchId, null, ("devices-recycled", c.Message.Devices), ("ewaste-kg", c.Message.WeightKg));

    public Task Consume(ConsumeContext<VolunteerScreened> c) => CountAsync(c, c.Message.At, c.Message.VolunteerId, null, ("volunteers-screened", 1));

    // A renewed certificate makes nobody a second volunteer.
    public Task Consume(ConsumeContext<VolunteerCertified> c) => CountAsync(c, c.Message.At, c.Message.VolunteerId, null, ("volunteers-certified", 1));

    public Task Consume(ConsumeContext<HoursApproved> c) => db.InTransactionAsync(async () =>
    {
        await CountAsync(c, c.Message.At, c.Message.VisitId, c.Message.FacilityId, ("volunteer-hours", c.Message.Minutes / 60m));
        return await db.ValueFactsAsync("volunteer-hours", c.CancellationToken);
    }, c.CancellationToken);

    public Task Consume(ConsumeContext<SiteReported> c) => CountAsync(c, c.Message.At, c.Message.ReportId, c.Message.FacilityId, ("people-seen", c.Message.PeopleSeen));

    public Task Consume(ConsumeContext<SessionDelivered> c) => CountAsync(c, c.Message.At, c.Message.SessionId, c.Message.FacilityId,
        ("sessions-delivered", 1), ("session-hours", c.Message.Minutes / 60m), ("attendances", c.Message.Attended), ("training-hours", c.Message.PersonMinutes / 60m));

    public async Task Consume(ConsumeContext<CourseCompleted> c)
    {
        await CountAsync(c, c.Message.At, $"{c.Message.CourseId}/{c.Message.LearnerId}", c.Message.FacilityId, ("courses-completed", 1));
        // Champions are workers too; a second course makes nobody a second worker.
        if (c.Message.Audience != "volunteers") await CountAsync(c, c.Message.At, c.Message.LearnerId, c.Message.FacilityId, ("workers-trained", 1));
    }

    private Task CountAsync<T>(ConsumeContext<T> context, DateTimeOffset at, object key, Guid? facility, params (string Figure, decimal Amount)[] counts) where T : class =>
        CountAsync(context, at, key, facility, null, counts);

    /// <summary>A later telling of the same replaces the amount; an earlier one that comes late does not.</summary>
    private Task CountAsync<T>(ConsumeContext<T> context, DateTimeOffset at, object key, Guid? facility, string? party, params (string Figure, decimal Amount)[] counts)
        where T : class
    {
        // In one order everywhere, or two messages could lock the sums against each other.
        var ordered = counts.OrderBy(c => c.Figure, StringComparer.Ordinal).ToList();
        var (figures, amounts) = (ordered.Select(c => c.Figure).ToArray(), ordered.Select(c => c.Amount).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into facts (figure, source, source_key, facility_id, party, at, told_at, amount)
            select figure, {typeof(T).Name}, {key.ToString()}, {facility}, {party}, {at}, {at}, amount from unnest({figures}, {amounts}) as counted (figure, amount)
            on conflict (figure, source, source_key) do update set amount = excluded.amount, told_at = excluded.told_at where excluded.told_at > facts.told_at
            """, context.CancellationToken);
    }
}
