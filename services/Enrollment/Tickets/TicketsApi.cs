using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Tickets;

public static class TicketsApi
{
    public static void MapTickets(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/enrollment").WithTags("Tickets").RequireAuthorization(
            Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Employer, Roles.Volunteer));
        read.MapGet("/tickets", ListTickets.Handle);
        read.MapGet("/tickets/summary", SummariseTickets.Handle);
        read.MapGet("/tickets/{id:guid}", ReadTicket.Handle);

        var report = app.MapGroup("/api/enrollment").WithTags("Tickets").RequireAuthorization(
            Access.For("enrollment.write", Roles.ProgrammeOffice, Roles.Logistics, Roles.Employer, Roles.Volunteer));
        report.MapPost("/facilities/{id:guid}/tickets", OpenTicket.Handle);
        report.MapPost("/tickets/{id:guid}/reopen", ReopenTicket.Handle);

        var repair = app.MapGroup("/api/enrollment/tickets/{id:guid}").WithTags("Tickets").RequireAuthorization(
            Access.For("enrollment.write", Roles.ProgrammeOffice, Roles.Logistics, Roles.Employer));
        repair.MapPost("/start", StartTicket.Handle);
        repair.MapPost("/resolve", ResolveTicket.Handle);
    }
}
