using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Timetable;

public static class TimetableApi
{
    public static void MapTimetable(this IEndpointRouteBuilder app)
    {
        var calendars = app.MapGroup("/api/training/calendars").WithTags("Timetable").RequireAuthorization(
            Access.ForRoles(Roles.TrainingPartner, Roles.Volunteer, Roles.Employer));
        calendars.MapPost("/", CalendarFeeds.Create);
        calendars.MapGet("/", CalendarFeeds.List);
        calendars.MapPost("/{id:guid}/revoke", CalendarFeeds.Revoke);

        var open = app.MapGroup("/api/training/public").WithTags("Timetable").AllowAnonymous();
        open.MapGet("/timetable", ReadPublicTimetable.Handle);
        open.MapGet("/calendar/key/{token}/sessions.ics", ReadCalendar.Handle);
    }
}
