using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Calendars;

public static class CalendarsApi
{
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/volunteer/me/calendar").WithTags("Calendar").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        own.MapPost("", IssueCalendarKey.Handle);
        own.MapPost("/revoke", IssueCalendarKey.Revoke);
        app.MapGet("/api/volunteer/public/calendar/key/{token}/assignments.ics", ShowCalendar.Handle).WithTags("Calendar").AllowAnonymous();
    }
}
