using System.Linq.Expressions;

namespace BetterConnections.Enrollment.Tickets;

/// <param name="PartnerId">The internet partner it went to.</param>
/// <param name="AgeHours">Whole hours since it was opened, for a resolved ticket until it was resolved.</param>
/// <param name="Note">Of the last change: what was done, or why it was opened again.</param>
public sealed record TicketView(Guid Id, long Number, Guid FacilityId, string FacilityCode, TicketConcern Concerns, string? Barcode, Guid? PartnerId, string Description,
    TicketState State, DateTimeOffset StateSince, DateTimeOffset OpenedAt, int AgeHours, string? Note, int Reopenings)
{
    public static Expression<Func<Ticket, TicketView>> Of(DateTimeOffset now) => t => new TicketView(t.Id, t.Number, t.FacilityId, t.Facility.Code, t.Concerns,
        t.Barcode, t.PartnerId, t.Description, t.State, t.StateSince, t.OpenedAt,
        (int)((t.State == TicketState.Resolved ? t.StateSince : now) - t.OpenedAt).TotalHours, t.Note, t.Reopenings);

    /// <param name="ticket">With its facility loaded.</param>
    public static TicketView From(Ticket ticket, DateTimeOffset now) => Of(now).Compile()(ticket);
}
