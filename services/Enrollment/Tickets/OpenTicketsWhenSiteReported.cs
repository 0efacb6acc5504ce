using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tickets;

/// <summary>A ticket for each problem that a volunteer found, unless it waits already or was mended since it was seen.</summary>
public sealed class OpenTicketsWhenSiteReported(EnrollmentDb db) : IConsumer<SiteReported>
{
    public async Task Consume(ConsumeContext<SiteReported> context)
    {
        var (report, cancel) = (context.Message, context.CancellationToken);
        if (report.Problems.Count == 0) return;
        // Locked, so that two reports of one fault open one ticket.
        var facility = await db.Facilities.FromSql($"select *, xmin from facilities where id = {report.FacilityId} for update").AsNoTracking().SingleAsync(cancel);
        if (FacilityLife.Ended.Contains(facility.State)) return;

        string[] barcodes = [.. report.Problems.Select(p => Ticket.Dashed(p.Barcode)).OfType<string>()];
        var known = await db.Tickets.Where(t => (t.FacilityId == facility.Id || barcodes.Contains(t.Barcode!)) && (t.State != TicketState.Resolved || t.StateSince > report.At))
            .ToListAsync(cancel);
        var internet = await db.InternetPartnerAsync(cancel);
        var act = new Act(nameof(OpenTicketsWhenSiteReported), report.At);
        foreach (var problem in report.Problems)
        {
            var (concerns, barcode) = (Enum.Parse<TicketConcern>(problem.Concerns, ignoreCase: true), Ticket.Dashed(problem.Barcode));
            if (known.Any(t => t.Id == problem.ProblemId || (t.Concerns == concerns && t.Barcode == barcode))) continue;
            var ticket = Ticket.Report(problem.ProblemId, facility.Id, concerns, barcode, concerns == TicketConcern.Connection ? internet : null,
                "Found by a volunteer on site, whose words are in the facility's site reports.", act);
            known.Add(ticket);
            db.Tickets.Add(ticket);
            db.Publish(ticket.Opened(report.At));
        }
    }
}
