namespace BetterConnections.Evaluation.Waves;

/// <summary>When cohort waves ask; section <c>Waves</c>. Days are whole days on the programme's clocks.</summary>
public sealed class WaveSettings
{
    /// <summary>IANA name, of section <c>Programme</c>.</summary>
    public string TimeZone { get; set; } = "Asia/Qatar";
    /// <summary>From the opening of a facility until its baseline must be done: training begins then.</summary>
    public int BaselineDays { get; init; } = 30;
    /// <summary>From the end of a cohort's half-year until its last facility has completed a course; what completes later is in no wave.</summary>
    public int CourseDays { get; init; } = 120;
    /// <summary>From the latest completion at a facility until its endline must be done.</summary>
    public int EndlineDays { get; init; } = 14;
    /// <summary>From completion to follow-up.</summary>
    public int FollowUpDays { get; init; } = 180;
    /// <summary>By which the follow-up may be earlier or later.</summary>
    public int FollowUpMarginDays { get; init; } = 30;
    /// <summary>After the end of a window in which an interview still belongs to it, marked late.</summary>
    public int GraceDays { get; init; } = 7;

    public static WaveSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Waves").Get<WaveSettings>() ?? new();
        if (configuration["Programme:TimeZone"] is { Length: > 0 } zone) settings.TimeZone = zone;
        return settings;
    }

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>The first moment of a day, in UTC.</summary>
    public DateTimeOffset StartOf(DateOnly day) =>
        new(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(TimeZone)));
}
