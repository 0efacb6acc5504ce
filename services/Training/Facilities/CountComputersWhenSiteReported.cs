using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

public sealed class CountComputersWhenSiteReported(TrainingDb db) : IConsumer<SiteReported>
{
    public Task Consume(ConsumeContext<SiteReported> context)
    {
        var report = context.Message;
        return db.CountComputersAsync(report.FacilityId,
        [
            new(report.FacilityId, ComputerFactKind.Reported, "", report.At, report.DevicesWorking, report.DevicesExpected),
            .. report.Problems.Where(p => p.Barcode is not null).Select(p => new ComputerFact(report.FacilityId, ComputerFactKind.NamedInReport, p.Barcode!.Trim().ToUpperInvariant(), report.At)),
        ], context.CancellationToken);
    }
}
