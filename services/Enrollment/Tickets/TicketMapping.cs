using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Tickets;

internal sealed class TicketMapping : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("tickets");
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.Number).UseIdentityByDefaultColumn();
        ticket.Property(t => t.Version).IsRowVersion();
        ticket.HasIndex(t => t.Number).IsUnique();
        ticket.HasIndex(t => new { t.FacilityId, t.Number });
        ticket.HasIndex(t => new { t.State, t.Concerns, t.Number });
        // One fault, one ticket: a device that several people report is repaired once.
        ticket.HasIndex(t => t.Barcode).IsUnique().HasFilter("state <> 'Resolved'").HasDatabaseName("ticket_already_open");
        ticket.HasIndex(t => t.PartnerId);
        ticket.HasOne(t => t.Facility).WithMany().HasForeignKey(t => t.FacilityId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Partner>().WithMany().HasForeignKey(t => t.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
