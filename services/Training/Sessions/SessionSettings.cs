namespace BetterConnections.Training.Sessions;

/// <summary>What a programme may want otherwise; section <c>Sessions</c>.</summary>
public sealed class SessionSettings
{
    /// <summary>Attendance is taken from so many minutes before the start.</summary>
    public int EarlyMinutes { get; init; } = 30;
    /// <summary>After a session is closed attendance from devices that were offline is taken so many days more, counted from its end.</summary>
    public int LateAttendanceDays { get; init; } = 30;
    /// <summary>How much a device's time, corrected, may be ahead before it is the future.</summary>
    public int ClockToleranceSeconds { get; init; } = 60;
    /// <summary>How often calendar programs should ask again.</summary>
    public int CalendarRefreshMinutes { get; init; } = 60;
    /// <summary>Calendars show sessions so many days back.</summary>
    public int CalendarDaysBack { get; init; } = 30;

    public TimeSpan LateAttendance => TimeSpan.FromDays(LateAttendanceDays);
}
